// @ts-check

/**
 * The edge asks with this header for a page that may be partial: its shell together with the state that completes it. No client can
 * send it.
 */
const HEADER = 'x-vercel-internal-cache-entry';

/** The form in which a build writes a partial page: the state, and then the shell. */
const PARTIAL = 'application/x-nextjs-pre-render';

/**
 * Wraps a handler of Next.js that can tell what it would cache. An ordinary answer to a render holds the shell and leaves its state out;
 * asked with the header, it is answered as the build wrote it.
 * @param {any} entry
 * @returns {import('./server.mjs').Handle | undefined}
 */
export function withCacheEntries(entry) {
  if (typeof entry?.getRequestHandlerWithMetadata !== 'function') return undefined;
  return (request, response) => {
    if (!request.headers[HEADER]) return entry(request, response);
    delete request.headers[HEADER];
    // Before Next.js takes the URL for its own.
    const isPayload = new URL(request.url ?? '/', 'http://localhost').pathname.endsWith('.rsc');
    const handler = entry.getRequestHandlerWithMetadata({
      onCacheEntryV2: (/** @type {any} */ cached) => answer(cached, isPayload, response),
    });
    return handler(request, response);
  };
}

/**
 * @param {any} cached
 * @param {boolean} isPayload Whether a payload is asked for instead of a page.
 * @param {import('node:http').ServerResponse} response
 * @returns {Promise<boolean>} Whether the request is answered.
 */
async function answer(cached, isPayload, response) {
  const page = cached?.value;
  if (page?.kind !== 'APP_PAGE' || typeof page.postponed !== 'string') return false;

  const state = Buffer.from(page.postponed);
  // A payload has no shell: all of it is made when it is completed.
  const shell = isPayload ? Buffer.alloc(0) : Buffer.from(await page.html.toUnchunkedString(true));
  for (const [name, value] of Object.entries(page.headers ?? {})) {
    if (value !== undefined) response.setHeader(name, /** @type {any} */ (value));
  }

  const origin = isPayload ? 'text/x-component' : 'text/html; charset=utf-8';
  response.statusCode = page.status ?? 200;
  response.setHeader('content-type', `${PARTIAL}; state-length=${state.length}; origin="${origin}"`);
  response.setHeader('cache-control', lifetime(cached.cacheControl));
  response.end(Buffer.concat([state, shell]));
  return true;
}

/** @param {{ revalidate?: number | false, expire?: number } | undefined} control */
function lifetime(control) {
  const fresh = typeof control?.revalidate === 'number' ? control.revalidate : 31536000;
  const stale = typeof control?.expire === 'number' ? Math.max(0, control.expire - fresh) : undefined;
  return stale === undefined ? `s-maxage=${fresh}` : `s-maxage=${fresh}, stale-while-revalidate=${stale}`;
}
