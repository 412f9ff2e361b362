import { waitFor } from '../../../components/waitFor.js';

/** Waits for the URL in `until`; calls the one in `then` when the client goes away before. */
export async function GET(request) {
  const query = new URL(request.url).searchParams;
  request.signal.addEventListener('abort', () => waitFor(query.get('then')));
  await waitFor(query.get('until'));
  return new Response(null, { status: 204 });
}
