import { waitFor } from '../../../components/waitFor.js';

/** Sends one chunk, waits until the URL in `until` answers, and sends that answer as the last. */
export async function GET(request) {
  const until = new URL(request.url).searchParams.get('until');
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(encoder.encode('first\n'));
      controller.enqueue(encoder.encode(`last:${await waitFor(until)}\n`));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/plain' } });
}

/** Sends each piece of the request's body back as it comes. */
export async function POST(request) {
  return new Response(request.body, { headers: { 'content-type': 'application/octet-stream' } });
}
