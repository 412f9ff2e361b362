import { next, rewrite } from '@vercel/functions';

export const config = { matcher: ['/mw/:path*', '/api/items/:path*'] };

/** Each path under /mw shows one thing that middleware can do with a request. */
export default function middleware(request) {
  const url = new URL(request.url);
  switch (url.pathname) {
    case '/mw/rewrite':
      return rewrite(new URL('/api/items/from-middleware', request.url));
    case '/mw/redirect':
      return Response.redirect(new URL('/about', request.url), 307);
    case '/mw/answer':
      return Response.json({ answeredBy: EdgeRuntime }, { status: 418 });
    case '/mw/changed': {
      const headers = new Headers(request.headers);
      headers.set('x-probe', 'woven');
      return rewrite(new URL('/helpers/echo', request.url), { request: { headers } });
    }
    default:
      return next({ headers: { 'x-woven': 'yes', 'set-cookie': 'middleware=set' } });
  }
}
