import { Suspense } from 'react';
import { Await } from 'react-router';

/** The shell is ready at once; the rest when the test's origin answers. */
export function loader({ request }) {
  const until = new URL(request.url).searchParams.get('until');
  return { late: fetch(until).then((response) => response.text()) };
}

export default function Deferred({ loaderData }) {
  return (
    <>
      <h1>page:deferred</h1>
      <Suspense fallback={<p>early:shell</p>}>
        <Await resolve={loaderData.late}>{(late) => <p>{`late:${late}`}</p>}</Await>
      </Suspense>
    </>
  );
}
