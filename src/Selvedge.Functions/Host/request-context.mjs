// @ts-check
import { AsyncLocalStorage } from 'node:async_hooks';

/** @typedef {import('./invocation.mjs').Invocation} Invocation */

/** @type {AsyncLocalStorage<Invocation>} */
const storage = new AsyncLocalStorage();

/** The invocation that the running code works for, if any. */
export const currentInvocation = () => storage.getStore();

/**
 * Runs `work` as part of an invocation, and everything that it starts.
 * @template T
 * @param {Invocation} invocation
 * @param {() => T} work
 * @returns {T}
 */
export const runInvocation = (invocation, work) => storage.run(invocation, work);

/**
 * Installs the request contexts that libraries look for: `@vercel/functions` takes waitUntil, headers and url from Vercel's, Next.js
 * takes waitUntil from its own. Outside a request there is nothing of a request in them.
 * @param {object} [target] The global object.
 * @param {object} [services] What Vercel's has beside the request: the caches.
 */
export function installRequestContext(target = globalThis, services = {}) {
  define(target, '@vercel/request-context', () => {
    const invocation = storage.getStore();
    if (!invocation) return { ...services };
    const { waitUntil, addCacheTag, request, url } = invocation;
    return { ...services, waitUntil, addCacheTag, headers: request.headers, url };
  });

  // The launcher of `vercel build` runs each request in the storage that Next.js keeps under this name, and finds it by this field.
  const ofNext = new AsyncLocalStorage();
  const context = define(target, '@next/request-context', () => {
    const invocation = storage.getStore();
    return ofNext.getStore() ?? (invocation && { waitUntil: invocation.waitUntil });
  });
  Object.assign(context, { [Symbol.for('internal.storage')]: ofNext });
}

/**
 * @param {object} target
 * @param {string} name
 * @param {() => object | undefined} get
 */
function define(target, name, get) {
  const context = { get };
  // A launcher may put its own in the place, so it stays writable.
  Object.defineProperty(target, Symbol.for(name), { value: context, configurable: true, writable: true });
  return context;
}
