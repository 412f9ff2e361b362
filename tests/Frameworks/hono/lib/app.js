import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { getRuntimeKey } from 'hono/adapter';
import { stream, streamSSE } from 'hono/streaming';

/** The app, whose handlers are the same on both runtimes. */
export function app(root) {
  const app = new Hono().basePath(root);

  app.use(async (context, next) => {
    await next();
    context.header('x-runtime', getRuntimeKey());
  });

  app.all('/echo', async (context) => {
    const { method, path } = context.req;
    const answer = { method, path, color: context.req.query('color'), probe: context.req.header('x-probe') };
    return context.json({ ...answer, body: await context.req.text() }, 200, { 'x-echo': 'hono' });
  });

  app.get('/items/:id', (context) => context.json({ id: context.req.param('id') }));

  app.get('/cookies', (context) => {
    setCookie(context, 'one', '1');
    setCookie(context, 'two', getCookie(context, 'thread') ?? 'none');
    return context.body(null, 204);
  });

  app.get('/stream', (context) =>
    stream(context, async (out) => {
      await out.write('warp\n');
      await fetch(context.req.query('until'));
      await out.write('weft\n');
    }),
  );

  app.get('/events', (context) =>
    streamSSE(context, async (out) => {
      for (const thread of ['warp', 'weft']) await out.writeSSE({ event: 'thread', data: thread });
    }),
  );

  app.post('/form', async (context) => {
    const { file, thread } = await context.req.parseBody();
    return context.json({ thread, name: file.name, size: file.size });
  });

  app.get('/moved', (context) => context.redirect(`${root}/echo`, 307));

  app.get('/boom', () => {
    throw new Error('This handler always fails.');
  });

  app.onError((error, context) => context.text(`caught: ${error.message}`, 500));
  app.notFound(notFound);
  return app;
}

export function notFound(context) {
  return context.text(`nothing at ${context.req.path}`, 404);
}
