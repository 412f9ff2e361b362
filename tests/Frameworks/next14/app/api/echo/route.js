/** Tells the caller what reached it. */
async function echo(request) {
  return Response.json(
    {
      method: request.method,
      url: request.url,
      query: [...new URL(request.url).searchParams].map(([key, value]) => `${key}=${value}`),
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    },
    { headers: { 'x-handler': 'echo' } },
  );
}

export { echo as GET, echo as POST, echo as PUT, echo as PATCH, echo as DELETE };
