import { after } from 'next/server';

export const runtime = 'edge';

/** Answers at once, and fetches the URL in `then` afterwards. */
export function GET(request) {
  after(() => fetch(request.nextUrl.searchParams.get('then')));
  return Response.json({ answered: true });
}
