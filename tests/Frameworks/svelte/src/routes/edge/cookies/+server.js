export const config = { runtime: 'edge' };

export function GET({ cookies }) {
  cookies.set('one', '1', { path: '/' });
  cookies.set('two', cookies.get('thread') ?? 'none', { path: '/' });
  return new Response(null, { status: 204 });
}
