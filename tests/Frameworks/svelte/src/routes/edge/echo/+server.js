import { json } from '@sveltejs/kit';

export const config = { runtime: 'edge' };

/** Tells the caller what reached it. */
async function echo({ request, url }) {
  return json(
    {
      method: request.method,
      path: url.pathname,
      color: url.searchParams.get('color'),
      probe: request.headers.get('x-probe'),
      body: await request.text(),
    },
    { headers: { 'x-echo': globalThis.EdgeRuntime } },
  );
}

export const GET = echo;
export const POST = echo;
