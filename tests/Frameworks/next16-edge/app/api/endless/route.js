export const runtime = 'edge';

/**
 * Begins an answer that has no end, and fetches the URL in `then` when the client goes away. Next.js gives edge handlers no signal
 * of that, but cancels their streams.
 */
export function GET(request) {
  const then = request.nextUrl.searchParams.get('then');
  return new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('first')),
      cancel: () => fetch(then).then(() => {}),
    }),
  );
}
