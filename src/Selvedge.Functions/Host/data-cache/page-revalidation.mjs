// @ts-check
import http from 'node:http';
import { currentInvocation } from '../request-context.mjs';

/** The field that carries the token of an on-demand revalidation. */
const TOKEN_FIELD = 'x-prerender-revalidate';

const sendRequest = http.request;

/**
 * `res.revalidate` of Next.js asks for the page itself, by https, at the host that its client has named. Such a request carries the
 * token that makes pages anew, so it goes to no other server than this one, whatever the client says.
 *
 * Later versions would take a method of ours in its place (`Symbol.for('@next/router-server-methods')`), and then lack those that their
 * own server leaves under that name if it finds nothing there.
 * @param {typeof fetch} fetch
 * @param {string} socket Where the server answers its own functions.
 * @returns {typeof globalThis.fetch}
 */
export const withOwnRevalidation = (fetch, socket) => async (input, init) => {
  const headers = /** @type {any} */ (init?.headers);
  const own = currentInvocation();
  const isRevalidation = typeof input === 'string' && init?.method === 'HEAD' && headers?.[TOKEN_FIELD] !== undefined;
  if (!isRevalidation || !own || !URL.canParse(input)) return fetch(input, init);
  const [asked, site] = [new URL(input), new URL(own.url)];
  if (asked.host !== site.host) return fetch(input, init);

  // By the scheme that visitors use: pages are kept by the whole URL.
  const { status, verdict } = await ask(socket, site.origin + asked.pathname + asked.search, headers);
  return new Response(null, { status, headers: { 'x-vercel-cache': verdict } });
};

/**
 * Asks the server for a page, as a proxy is asked: by the whole URL.
 * @param {string} socket
 * @param {string} url
 * @param {Record<string, string | string[]>} headers
 * @returns {Promise<{ status: number, verdict: string }>}
 */
function ask(socket, url, headers) {
  const loop = currentInvocation()?.request.headers['cdn-loop'];
  const fields = { ...headers, host: new URL(url).host, ...(loop === undefined ? {} : { 'cdn-loop': loop }) };
  return new Promise((resolve, reject) => {
    // A connection of its own: one that was kept might be closed just now, and a page would be made twice.
    sendRequest({ socketPath: socket, agent: false, method: 'HEAD', path: url, headers: fields }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, verdict: String(response.headers['x-vercel-cache'] ?? '') });
    })
      .on('error', reject)
      .end();
  });
}
