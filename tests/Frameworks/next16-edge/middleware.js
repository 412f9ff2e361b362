import { AsyncLocalStorage } from 'node:async_hooks';
import { NextResponse } from 'next/server';

export const config = { matcher: '/mw/:path*' };

const storage = new AsyncLocalStorage();

/** Each path under /mw shows one thing that middleware can do with a request. */
export default function middleware(request) {
  return storage.run(request.nextUrl.pathname, () => decide(request));
}

async function decide(request) {
  await Promise.resolve();
  switch (storage.getStore()) {
    case '/mw/rewrite':
      return NextResponse.rewrite(new URL('/edge?by=middleware', request.url));
    case '/mw/redirect':
      return NextResponse.redirect(new URL('/edge', request.url), 307);
    case '/mw/answer':
      return Response.json({ answeredBy: typeof EdgeRuntime }, { status: 418 });
    case '/mw/throws':
      throw new Error('on purpose');
    case '/mw/echo': {
      const headers = new Headers(request.headers);
      headers.set('x-from-middleware', `woven ${request.cookies.get('thread')?.value}`);
      const response = NextResponse.rewrite(new URL('/api/echo', request.url), { request: { headers } });
      response.headers.set('x-woven', 'yes');
      response.cookies.set('middleware', 'set');
      return response;
    }
    default:
      return NextResponse.next();
  }
}
