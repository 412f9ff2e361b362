import { Suspense } from 'react';

async function Late({ until }) {
  const response = await fetch(until, { cache: 'no-store' });
  return <p>{`late:${await response.text()}`}</p>;
}

/** The shell is ready at once; the rest when the test's origin answers. */
export default function Suspended({ searchParams }) {
  return (
    <>
      <h1>page:suspense</h1>
      <Suspense fallback={<p>early:shell</p>}>
        <Late until={searchParams.until} />
      </Suspense>
    </>
  );
}
