import { NextResponse } from 'next/server';

export const config = { matcher: '/mw/:path*' };

/** Each path under /mw shows one thing that a proxy can do with a request. */
export default function proxy(request) {
  const { pathname } = request.nextUrl;
  switch (pathname) {
    case '/mw/rewrite':
      return NextResponse.rewrite(new URL('/posts/from-proxy', request.url));
    case '/mw/redirect':
      return NextResponse.redirect(new URL('/static', request.url), 307);
    case '/mw/answer':
      return Response.json({ answeredBy: 'proxy' }, { status: 418 });
    case '/mw/seen': {
      const headers = new Headers(request.headers);
      headers.set('x-from-proxy', 'woven');
      const response = NextResponse.next({ request: { headers } });
      response.headers.set('x-proxy-response', 'yes');
      response.cookies.set('proxy', 'set');
      return response;
    }
    default:
      return NextResponse.next();
  }
}
