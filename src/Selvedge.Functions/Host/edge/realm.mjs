// @ts-check
import { AsyncLocalStorage } from 'node:async_hooks';
import vm from 'node:vm';
import edge from '@edge-runtime/vm';
import { cacheServices, installCacheHandlers } from '../data-cache/install.mjs';
import { installRequestContext } from '../request-context.mjs';
import { withDuplex } from './duplex.mjs';

/**
 * Globals of Node.js that the function gets as they are, in place of those that EdgeVM brings, or beside them. What the host hands to
 * a function — a request, its signal, its body — is then of the function's own classes, and one undici is at work, Node.js's.
 */
const NATIVE = [
  ...['AbortController', 'AbortSignal', 'DOMException', 'Event', 'EventTarget', 'CustomEvent'],
  ...['Blob', 'File', 'FormData', 'Headers', 'Request', 'Response', 'WebSocket', 'URL', 'URLSearchParams'],
  ...['ReadableStream', 'ReadableStreamBYOBReader', 'ReadableStreamDefaultReader', 'ReadableStreamDefaultController'],
  ...['ReadableByteStreamController', 'ReadableStreamBYOBRequest', 'TransformStream', 'TransformStreamDefaultController'],
  ...['WritableStream', 'WritableStreamDefaultWriter', 'WritableStreamDefaultController'],
  ...['ByteLengthQueuingStrategy', 'CountQueuingStrategy', 'CompressionStream', 'DecompressionStream'],
  ...['TextDecoder', 'TextDecoderStream', 'TextEncoder', 'TextEncoderStream', 'atob', 'btoa'],
  // Modules that the host compiles must be modules to the function.
  'WebAssembly',
  // Those whose output, and whose errors, are attributed to requests.
  'console',
  'queueMicrotask',
];

/**
 * Makes the global scope of an edge function.
 * @param {{ env: Record<string, string | undefined>, fetch: typeof fetch }} given
 * @returns {vm.Context}
 */
export function createRealm({ env, fetch }) {
  const { context } = new edge.EdgeVM();
  const evaluate = (/** @type {string} */ code) => vm.runInContext(code, context);
  const native = /** @type {Record<string, any>} */ (/** @type {unknown} */ (globalThis));
  for (const name of NATIVE) {
    if (native[name] !== undefined) define(context, name, native[name]);
  }

  define(context, 'fetch', fetch);
  define(context, 'Request', tolerant(Request));
  define(context, 'AsyncLocalStorage', AsyncLocalStorage);
  define(context, 'process', evaluate('(env) => ({ env: { ...env } })')(env));
  const parse = evaluate('JSON.parse');
  parseJsonBy(parse);
  installCacheHandlers(context);
  installRequestContext(context, cacheServices(parse));
  return context;
}

/**
 * @param {object} target
 * @param {string} name
 * @param {unknown} value
 */
export function define(target, name, value) {
  // Some are there and cannot be configured, but all can be written.
  if (Object.hasOwn(target, name)) Reflect.set(target, name, value);
  else Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

/** @param {typeof Request} type */
function tolerant(type) {
  return new Proxy(type, {
    construct: (target, [input, init], newTarget) => Reflect.construct(target, [input, withDuplex(init)], newTarget),
  });
}

/**
 * What `json()` gives is of the function's realm, or libraries would not take it for plain objects.
 * @param {typeof JSON.parse} parse
 */
function parseJsonBy(parse) {
  for (const { prototype } of [Request, Response]) {
    const { json } = {
      /** @this {Response} */
      async json() {
        return parse(await this.text());
      },
    };
    Object.defineProperty(prototype, 'json', { value: json, configurable: true, enumerable: true, writable: true });
  }
}
