/** Tells the caller what reached it. */
async function echo({ request }) {
  const { pathname, searchParams } = new URL(request.url);
  return Response.json(
    {
      method: request.method,
      path: pathname,
      color: searchParams.get('color'),
      probe: request.headers.get('x-probe'),
      body: await request.text(),
    },
    { headers: { 'x-echo': 'react-router' } },
  );
}

export { echo as loader, echo as action };
