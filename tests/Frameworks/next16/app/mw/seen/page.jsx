import { headers } from 'next/headers';

export default async function Seen() {
  const incoming = await headers();
  return (
    <>
      <h1>page:seen</h1>
      <p>{`from-proxy:${incoming.get('x-from-proxy') ?? 'none'}`}</p>
    </>
  );
}
