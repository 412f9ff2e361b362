import { NextResponse } from 'next/server';

export const config = { matcher: '/mw/:path*' };

/** Each path under /mw shows one thing that middleware can do with a request. */
export function middleware(request) {
  switch (request.nextUrl.pathname) {
    case '/mw/rewrite':
      return NextResponse.rewrite(new URL('/posts/from-middleware', request.url));
    case '/mw/redirect':
      return NextResponse.redirect(new URL('/posts/moved', request.url), 307);
    case '/mw/answer':
      return Response.json({ answeredBy: 'middleware' }, { status: 418 });
    case '/mw/seen': {
      const headers = new Headers(request.headers);
      headers.set('x-from-middleware', 'woven');
      const response = NextResponse.next({ request: { headers } });
      response.headers.set('x-woven', 'yes');
      response.cookies.set('middleware', 'set');
      return response;
    }
    default:
      return NextResponse.next();
  }
}
