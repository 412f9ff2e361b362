import { json } from '@sveltejs/kit';

/** Tells what it was asked. */
async function echo({ request, url }) {
  return json({ method: request.method, url: url.href, body: await request.text() });
}

export const GET = echo;
export const POST = echo;
