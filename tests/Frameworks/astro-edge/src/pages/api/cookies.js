export function GET({ cookies }) {
  cookies.set('one', '1');
  cookies.set('two', cookies.get('thread')?.value ?? 'none');
  return new Response(null, { status: 204 });
}
