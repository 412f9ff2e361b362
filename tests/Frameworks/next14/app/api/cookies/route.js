import { cookies } from 'next/headers';

export async function GET() {
  const jar = cookies();
  jar.set('one', '1', { httpOnly: true });
  jar.set('two', jar.get('thread')?.value ?? 'none');
  return new Response(null, { status: 204 });
}
