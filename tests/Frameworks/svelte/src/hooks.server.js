/** Puts a header on every response that the app makes itself, and answers one path without any route. */
export async function handle({ event, resolve }) {
  if (event.url.pathname === '/hook/answer') return new Response('answered by the hook', { status: 418 });
  event.locals.seen = event.request.headers.get('x-probe') ?? 'none';
  const response = await resolve(event);
  response.headers.set('x-hook', event.route.id ?? 'none');
  return response;
}
