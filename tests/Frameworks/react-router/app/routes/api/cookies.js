export function loader({ request }) {
  const thread = /thread=(\w+)/.exec(request.headers.get('cookie'))?.[1] ?? 'none';
  const headers = new Headers([
    ['set-cookie', 'one=1'],
    ['set-cookie', `two=${thread}`],
  ]);
  return new Response(null, { status: 204, headers });
}
