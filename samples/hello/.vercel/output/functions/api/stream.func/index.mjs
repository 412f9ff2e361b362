import { setTimeout as pause } from 'node:timers/promises';

const threads = ['warp', 'weft', 'warp', 'weft', 'warp', 'weft', 'selvedge'];

/** Answers a line at a time. The pause is the point: each line must reach the browser before the next is written. */
export async function GET(request) {
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async start(controller) {
      for (const [row, thread] of threads.entries()) {
        if (request.signal.aborted) return;
        if (row > 0) await pause(350);
        controller.enqueue(encoder.encode(`${row + 1} ${thread}\n`));
      }
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } });
}
