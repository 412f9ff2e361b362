// @ts-check
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAwsHandler } from './aws-handler.mjs';
import { withCacheEntries } from './cache-entry.mjs';
import { withHelpers } from './helpers.mjs';
import { ListenCapture } from './listen-capture.mjs';
import { createWebHandler } from './web-handler.mjs';

/**
 * @typedef {object} HandlerSpec What the function's configuration says of its handler.
 * @property {'node' | 'edge'} [runtime] Node.js if missing.
 * @property {string} directory
 * @property {string} handler The module, relative to the directory.
 * @property {Record<string, string>} [assets] An edge function's files, by name.
 * @property {boolean} [shouldAddHelpers]
 * @property {boolean} [useWebApi]
 * @property {string} [awsLambdaHandler] The export, perhaps with a file name before it.
 */

/** The exports that make a module a set of web handlers. */
export const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** TypeScript and bundlers wrap default exports in one another. */
const MAX_DEFAULTS = 5;

/** How long a module may take, once imported, until its server listens. */
const LISTEN_WAIT = 1000;

/**
 * Imports the function's module and finds out how it wants to be called.
 * @param {HandlerSpec} spec
 * @returns {Promise<import('./server.mjs').Handle>}
 */
export async function loadHandler(spec) {
  return spec.runtime === 'edge' ? loadEdgeHandler(spec) : loadNodeHandler(spec);
}

/** @param {HandlerSpec} spec */
async function loadNodeHandler(spec) {
  const capture = new ListenCapture();
  try {
    const module = await import(pathToFileURL(join(spec.directory, spec.handler)).href);
    return select(module, spec) ?? (await captured(capture, spec));
  } finally {
    capture.restore();
  }
}

/** @param {HandlerSpec} spec */
async function loadEdgeHandler(spec) {
  // Loaded by those who need it: its packages, and flags that other processes are started without.
  const { importEdgeModule } = await import('./edge/edge-module.mjs');
  const handle = select(await importEdgeModule(spec), { ...spec, useWebApi: true });
  if (handle) return handle;
  throw new Error(`${spec.handler} exports no handler: a default function, ${METHODS.join(', ')} or fetch are expected.`);
}

/**
 * @param {any} module
 * @param {HandlerSpec} spec
 * @returns {import('./server.mjs').Handle | undefined}
 */
function select(module, spec) {
  const entry = unwrap(module);
  if (spec.awsLambdaHandler) {
    const name = spec.awsLambdaHandler.slice(spec.awsLambdaHandler.lastIndexOf('.') + 1);
    return createAwsHandler(name in module ? module : entry, name);
  }

  const methods = webMethods(entry);
  if (methods) return createWebHandler((method) => methods.get(method));
  if (typeof entry !== 'function') return undefined;
  if (spec.useWebApi) return createWebHandler(() => entry, { mayBeEmpty: true });

  const withEntries = withCacheEntries(entry);
  if (withEntries) return withEntries;

  // An Express app brings its own helpers under the same names.
  return spec.shouldAddHelpers && typeof entry.listen !== 'function' ? withHelpers(entry) : (req, res) => entry(req, res);
}

/** @param {any} module */
function unwrap(module) {
  for (let i = 0; i < MAX_DEFAULTS && module?.default; i++) module = module.default;
  return module;
}

/**
 * `fetch` answers every method that has no export of its own.
 * @param {any} entry
 */
function webMethods(entry) {
  const methods = new Map();
  for (const method of METHODS) {
    const name = typeof entry?.[method] === 'function' ? method : 'fetch';
    if (typeof entry?.[name] === 'function') {
      methods.set(method, (/** @type {unknown[]} */ ...args) => entry[name](...args));
    }
  }

  return methods.size > 0 ? methods : undefined;
}

/**
 * @param {ListenCapture} capture
 * @param {HandlerSpec} spec
 * @returns {Promise<import('./server.mjs').Handle>}
 */
async function captured(capture, spec) {
  const server = await capture.wait(LISTEN_WAIT);
  if (!server) {
    throw new Error(
      `${spec.handler} exports no handler: a function, ${METHODS.join(', ')} or fetch are expected, or an http server that listens.`,
    );
  }

  return (req, res) => void server.emit('request', req, res);
}
