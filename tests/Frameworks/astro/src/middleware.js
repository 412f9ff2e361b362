import { defineMiddleware } from 'astro:middleware';

/** Answers one path itself, sends another on, and marks what passes. */
export const onRequest = defineMiddleware(async (context, next) => {
  switch (context.url.pathname) {
    case '/mw/answer':
      return new Response('answered by the middleware', { status: 418 });
    case '/mw/redirect':
      return context.redirect('/about', 307);
    case '/mw/rewrite':
      return context.rewrite('/posts/from-middleware');
  }
  context.locals.woven = context.isPrerendered ? 'at build time' : (context.request.headers.get('x-probe') ?? 'now');
  const response = await next();
  response.headers.set('x-seen', context.url.pathname);
  return response;
});
