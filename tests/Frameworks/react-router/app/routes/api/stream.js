/** Sends its first line at once, and the second when the URL that it is given has answered. */
export function loader({ request }) {
  const until = new URL(request.url).searchParams.get('until');
  const text = new TextEncoder();
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(text.encode('warp\n'));
      await fetch(until);
      controller.enqueue(text.encode('weft\n'));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/plain' } });
}
