/** Sends its first line at once, and the second when the URL that it is given has answered. */
export default defineEventHandler((event) => {
  const { until } = getQuery(event);
  const text = new TextEncoder();
  setHeader(event, 'content-type', 'text/plain');
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(text.encode('warp\n'));
      await fetch(until);
      controller.enqueue(text.encode('weft\n'));
      controller.close();
    },
  });
});
