import { headers } from 'next/headers';

export default function Seen({ params }) {
  return (
    <>
      <h1>{`mw:${params.name}`}</h1>
      <p>{`from:${headers().get('x-from-middleware') ?? 'none'}`}</p>
    </>
  );
}
