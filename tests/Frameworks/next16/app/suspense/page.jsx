import { Suspense } from 'react';
import { waitFor } from '../../components/waitFor.js';

async function Late({ until }) {
  return <p>{`late:${await waitFor(until)}`}</p>;
}

/** The shell is ready at once; the rest when the test's origin answers. */
export default async function Suspended({ searchParams }) {
  const { until } = await searchParams;
  return (
    <>
      <h1>page:suspense</h1>
      <Suspense fallback={<p>early:shell</p>}>
        <Late until={until} />
      </Suspense>
    </>
  );
}
