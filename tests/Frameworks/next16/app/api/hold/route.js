import { waitFor } from '../../../components/waitFor.js';

/** Sends nothing until the URL in `until` answers; without one it tells at once which process it runs in. */
export async function GET(request) {
  const until = new URL(request.url).searchParams.get('until');
  if (until) await waitFor(until);
  return Response.json({ process: process.pid });
}
