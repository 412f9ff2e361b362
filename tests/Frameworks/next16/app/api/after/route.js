import { after } from 'next/server';
import { waitFor } from '../../../components/waitFor.js';

/** Answers first and calls the URL in `then` afterwards. */
export async function GET(request) {
  const then = new URL(request.url).searchParams.get('then');
  after(() => waitFor(then));
  return Response.json({ answered: true });
}
