// @ts-check

/** @typedef {import('./client.mjs').DataClient} DataClient */

/** The name that Next.js 14 is given for its data cache. No name below `.invalid` exists (RFC 2606 section 2). */
export const HOST = 'data-cache.invalid';

/**
 * Next.js before 15.5 reaches its data cache by `fetch`, at the host that `SUSPENSE_CACHE_URL` names. What goes there goes to the server.
 * @param {typeof fetch} fetch
 * @param {DataClient} client
 * @returns {typeof globalThis.fetch}
 */
export const withSuspenseCache = (fetch, client) => (input, init) => {
  const url = typeof input === 'string' && input.includes(HOST) && URL.canParse(input) ? new URL(input) : undefined;
  return url?.host === HOST ? forward(url, init, client) : fetch(input, init);
};

/**
 * @param {URL} url
 * @param {RequestInit | undefined} init
 * @param {DataClient} client
 */
async function forward({ pathname, search }, init, client) {
  const method = init?.method ?? 'GET';
  const isRevalidation = pathname.endsWith('/revalidate') && method === 'POST';
  if (isRevalidation) {
    const tags = new RegExp('[?&]tags=([^&]*)').exec(search)?.[1] ?? '';
    await client.revalidate(tags.split(',').filter(Boolean).map(decodeURIComponent), 0);
    return new Response();
  }

  const headers = Object.fromEntries(new Headers(init?.headers));
  const body = typeof init?.body === 'string' ? Buffer.from(init.body) : undefined;
  const answer = await client.exchange(method, pathname + search, headers, body);
  const fields = new Headers();
  for (const name of ['x-vercel-cache-state', 'age']) {
    const value = answer.headers[name];
    if (value !== undefined) fields.set(name, String(value));
  }
  return new Response(new Uint8Array(answer.body), { status: answer.status, headers: fields });
}
