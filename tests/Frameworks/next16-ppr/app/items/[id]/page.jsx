import { Suspense } from 'react';
import { Hole } from '../../../components/Hole.jsx';
import { Stamp } from '../../../components/Stamp.jsx';

export function generateStaticParams() {
  return [{ id: 'built' }];
}

async function Named({ params }) {
  const { id } = await params;
  return (
    <>
      <h2>{`item:${id}`}</h2>
      <Stamp name={id} />
    </>
  );
}

/** For an id that was not built, the shell has no name yet. */
export default function Item({ params, searchParams }) {
  return (
    <>
      <h1>page:item</h1>
      <Suspense fallback={<h2>item:unnamed</h2>}>
        <Named params={params} />
      </Suspense>
      <Hole searchParams={searchParams} />
    </>
  );
}
