import { cookies, headers } from 'next/headers';

export const runtime = 'edge';

async function echo(request) {
  const jar = await cookies();
  jar.set('echo', 'edge', { httpOnly: true });
  return Response.json(
    {
      runtime: typeof EdgeRuntime,
      method: request.method,
      path: request.nextUrl.pathname,
      query: Object.fromEntries(request.nextUrl.searchParams),
      fromMiddleware: (await headers()).get('x-from-middleware'),
      thread: jar.get('thread')?.value,
      body: await request.text(),
    },
    { headers: { 'x-echo': 'edge' } },
  );
}

export { echo as GET, echo as POST };
