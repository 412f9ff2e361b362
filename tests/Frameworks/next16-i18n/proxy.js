import { NextResponse } from 'next/server';

export const config = { matcher: ['/mw/:path*', '/ssr', '/item/:id'] };

/** Each path under /mw shows one thing that a proxy can do with a request; the others only learn what it saw. */
export default function proxy(request) {
  const url = request.nextUrl.clone();
  switch (url.pathname.replace(/\/$/, '')) {
    case '/mw/rewrite':
      url.pathname = '/blog/from-proxy';
      return NextResponse.rewrite(url);
    case '/mw/rewrite-query':
      url.pathname = '/ssr';
      url.search = '?color=woven';
      return NextResponse.rewrite(url);
    case '/mw/speak-french':
      url.locale = 'fr';
      url.pathname = '/about';
      return NextResponse.rewrite(url);
    case '/mw/redirect':
      url.pathname = '/about';
      return NextResponse.redirect(url, 307);
    case '/mw/answer':
      return Response.json({ locale: url.locale, path: url.pathname, basePath: url.basePath }, { status: 418 });
    case '/mw/nowhere':
      return NextResponse.next();
    default: {
      const headers = new Headers(request.headers);
      headers.set('x-from-proxy', `woven-${url.locale}`);
      const response = NextResponse.next({ request: { headers } });
      response.headers.set('x-proxy-locale', url.locale);
      response.cookies.set('proxy', 'set');
      return response;
    }
  }
}
