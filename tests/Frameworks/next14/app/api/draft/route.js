import { draftMode } from 'next/headers';

/** Turns draft mode on, or with `?off` off. */
export async function GET(request) {
  if (request.nextUrl.searchParams.has('off')) draftMode().disable();
  else draftMode().enable();
  return new Response(null, { status: 204 });
}
