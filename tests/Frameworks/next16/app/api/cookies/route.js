import { cookies } from 'next/headers';

export async function GET() {
  const jar = await cookies();
  jar.set('first', '1', { httpOnly: true });
  jar.set('second', 'two words', { sameSite: 'lax' });
  jar.delete('third');
  return Response.json(Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])));
}
