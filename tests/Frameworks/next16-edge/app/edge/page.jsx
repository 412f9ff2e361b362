import { headers } from 'next/headers';
import { Suspense } from 'react';

export const runtime = 'edge';

async function Late() {
  await Promise.resolve();
  return <p>{`agent:${(await headers()).get('user-agent')}`}</p>;
}

export default async function EdgePage({ searchParams }) {
  return (
    <main>
      <p>{`edge:${typeof EdgeRuntime}`}</p>
      <p>{`by:${(await searchParams).by}`}</p>
      <Suspense fallback={<p>waiting</p>}>
        <Late />
      </Suspense>
    </main>
  );
}
