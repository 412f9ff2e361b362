import { cookies } from 'next/headers';
import { Suspense } from 'react';
import { ask } from '../lib/ask.js';

/**
 * What is rendered for each request: the visitor's cookie, and a value that is never the same twice.
 * With `?until=URL` it waits until that URL has answered.
 */
async function Content({ searchParams }) {
  const [jar, { until }] = [await cookies(), await searchParams];
  const answer = until ? await ask(until) : 'nothing';
  return (
    <>
      <p>{`visitor:${jar.get('visitor')?.value ?? 'nobody'}`}</p>
      <p>{`awaited:${answer}`}</p>
      <p>{`hole:${crypto.randomUUID()}`}</p>
    </>
  );
}

export function Hole({ searchParams }) {
  return (
    <Suspense fallback={<p>hole:empty</p>}>
      <Content searchParams={searchParams} />
    </Suspense>
  );
}
