/** Tells the caller what reached it. */
async function echo({ request, url }) {
  return Response.json(
    {
      method: request.method,
      path: url.pathname,
      color: url.searchParams.get('color'),
      probe: request.headers.get('x-probe'),
      body: await request.text(),
    },
    { headers: { 'x-echo': 'astro' } },
  );
}

export const GET = echo;
export const POST = echo;
