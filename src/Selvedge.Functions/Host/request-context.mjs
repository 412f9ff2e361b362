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
 * takes waitUntil from its own. Outside a request both are empty.
 */
export function installRequestContext() {
  define('@vercel/request-context', () => {
    const invocation = storage.getStore();
    return invocation ? { waitUntil: invocation.waitUntil, headers: invocation.request.headers, url: invocation.url } : {};
  });
  define('@next/request-context', () => {
    const invocation = storage.getStore();
    return invocation && { waitUntil: invocation.waitUntil };
  });
}

/**
 * @param {string} name
 * @param {() => object | undefined} get
 */
function define(name, get) {
  // A launcher may put its own in the place, so it stays writable.
  Object.defineProperty(globalThis, Symbol.for(name), { value: { get }, configurable: true, writable: true });
}
