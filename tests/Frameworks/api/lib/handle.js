/** What the shapes with web requests and responses have in common. */
export async function handle(request, shape) {
  const url = new URL(request.url);
  const query = url.searchParams;
  const what = query.get('what');
  if (what === 'echo') {
    const { method, headers } = request;
    const answer = { method, path: url.pathname, color: query.get('color'), probe: headers.get('x-probe') };
    return Response.json({ ...answer, body: await request.text() }, { headers: { 'x-echo': shape } });
  }
  if (what === 'stream') return new Response(stream(query.get('until')), { headers: { 'content-type': 'text/plain' } });
  if (what === 'cookies') {
    const thread = /thread=(\w+)/.exec(request.headers.get('cookie'))?.[1] ?? 'none';
    const headers = new Headers([
      ['set-cookie', 'one=1'],
      ['set-cookie', `two=${thread}`],
    ]);
    return new Response(null, { status: 204, headers });
  }
  return query.has('id') ? Response.json({ id: query.get('id') }) : new Response('no such thing', { status: 404 });
}

/** Sends its first line at once, and the second when the URL that it is given has answered. */
function stream(until) {
  const text = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(text.encode('warp\n'));
      await fetch(until);
      controller.enqueue(text.encode('weft\n'));
      controller.close();
    },
  });
}
