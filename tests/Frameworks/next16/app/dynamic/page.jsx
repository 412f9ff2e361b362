import { headers } from 'next/headers';

/** Rendered for every request: it shows one of the request's headers, its query, and a number no two renders share. */
export default async function Dynamic({ searchParams }) {
  const query = await searchParams;
  const incoming = await headers();
  return (
    <>
      <h1>page:dynamic</h1>
      <p>{`header:${incoming.get('x-probe') ?? 'none'}`}</p>
      <p>{`query:${Object.entries(query)
        .map(([key, value]) => `${key}=${[value].flat().join('|')}`)
        .sort()
        .join('&')}`}</p>
      <p>{`render:${crypto.randomUUID()}`}</p>
      <p>{`time:${new Date().toISOString()}`}</p>
    </>
  );
}
