// @ts-check
import { DataClient } from './client.mjs';
import { scopeLastResponse } from './last-response.mjs';
import { createCacheHandlers } from './next.mjs';
import { withOwnRevalidation } from './page-revalidation.mjs';
import { createPurge, createRuntimeCache } from './runtime-cache.mjs';
import { HOST, withSuspenseCache } from './suspense-cache.mjs';

/** @type {DataClient | undefined} */
let client;

/**
 * Connects this process to the data cache that the server keeps. Frameworks look once, when they are loaded, so this comes before.
 * @param {{ socket: string, token: string }} access
 * @param {string | undefined} siteSocket Where the server answers its own functions.
 */
export function connectDataCache(access, siteSocket) {
  client = new DataClient(access);
  process.env.SUSPENSE_CACHE_URL ??= HOST;
  process.env.SUSPENSE_CACHE_PROTO ??= 'http';
  // Next.js 14 empties a memory of its own at the end of each request, which is too late for those that run beside it: they would be
  // given what another process has revalidated. This is how large it may be.
  process.env.__NEXT_TEST_MAX_ISR_CACHE ??= '0';
  scopeLastResponse();
  const fetch = withSuspenseCache(globalThis.fetch, client);
  globalThis.fetch = siteSocket ? withOwnRevalidation(fetch, siteSocket) : fetch;
}

/**
 * Puts what frameworks look for into a global scope.
 * @param {object} [target]
 */
export function installCacheHandlers(target = globalThis) {
  if (!client) return;
  const name = Symbol.for('@next/cache-handlers');
  Object.defineProperty(target, name, { value: createCacheHandlers(client), configurable: true, writable: true });
}

/**
 * What the request context of the platform has of caches.
 * @param {typeof JSON.parse} [parse] Of the realm that the context is for.
 */
export const cacheServices = (parse = JSON.parse) =>
  client ? { cache: createRuntimeCache(client, parse), purge: createPurge(client) } : {};
