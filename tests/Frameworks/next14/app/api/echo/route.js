/** Tells the caller what reached it. */
async function echo(request) {
  const { pathname, searchParams } = new URL(request.url);
  return Response.json(
    {
      method: request.method,
      path: pathname,
      color: searchParams.get('color'),
      probe: request.headers.get('x-probe'),
      body: await request.text(),
    },
    { headers: { 'x-echo': 'next14' } },
  );
}

export { echo as GET, echo as POST, echo as PUT, echo as PATCH, echo as DELETE };
