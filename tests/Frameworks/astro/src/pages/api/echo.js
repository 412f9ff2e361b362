/** Tells what it was asked. */
async function echo({ request }) {
  return Response.json({ method: request.method, url: request.url, body: await request.text() });
}

export const GET = echo;
export const POST = echo;
