import { draftMode } from 'next/headers';

/** Turns draft mode on, or with `?off` off. */
export async function GET(request) {
  const draft = await draftMode();
  if (request.nextUrl.searchParams.has('off')) draft.disable();
  else draft.enable();
  return new Response(null, { status: 204 });
}
