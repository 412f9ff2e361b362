export const runtime = 'edge';

/** Answers with the first chunk at once, and with the second when the URL in `until` has answered. */
export function GET(request) {
  const until = request.nextUrl.searchParams.get('until');
  const encoder = new TextEncoder();
  return new Response(
    new ReadableStream({
      async start(controller) {
        controller.enqueue(encoder.encode('first'));
        await (await fetch(until)).text();
        controller.enqueue(encoder.encode('second'));
        controller.close();
      },
    }),
  );
}
