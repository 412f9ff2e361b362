import { defineMiddleware } from 'astro:middleware';

/** Answers one path itself, sends another on, and marks what passes. */
export const onRequest = defineMiddleware(async (context, next) => {
  switch (context.url.pathname) {
    case '/mw/answer':
      return Response.json({ answeredBy: globalThis.EdgeRuntime }, { status: 418 });
    case '/mw/redirect':
      return context.redirect('/', 307);
  }
  const response = await next();
  response.headers.set('x-seen', context.url.pathname);
  return response;
});
