// @ts-check
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDuplex } from './duplex.mjs';

/**
 * Makes the `fetch` of an edge function. It also answers `blob:NAME` for the function's assets.
 * @param {string} directory The function's.
 * @param {Record<string, string>} assets Name to path in the directory.
 * @returns {typeof fetch}
 */
export function createFetch(directory, assets) {
  // As a URL, a name is escaped; so both sides are looked at as URLs.
  const files = new Map(Object.entries(assets).map(([name, path]) => [new URL(`blob:${name}`).href, join(directory, path)]));
  const native = globalThis.fetch;

  return async function fetch(input, init) {
    const file = files.get(hrefOf(input));
    return file === undefined ? editable(await native(input, withDuplex(init))) : new Response(await readFile(file));
  };
}

/** @param {unknown} input A URL as text or object, or a request. */
function hrefOf(input) {
  const url = String(/** @type {any} */ (input)?.url ?? input);
  return url.startsWith('blob:') ? new URL(url).href : url;
}

/**
 * On the edge, a response that was fetched is the function's to change and to return. Its body has been decoded, so what says
 * otherwise goes.
 * @param {Response} response
 */
function editable(response) {
  if (response.status === 0) return response;
  const copy = new Response(response.body, response);
  if (copy.headers.has('content-encoding')) {
    copy.headers.delete('content-encoding');
    copy.headers.delete('content-length');
  }
  const { url, redirected } = response;
  return Object.defineProperties(copy, { url: { value: url }, redirected: { value: redirected } });
}
