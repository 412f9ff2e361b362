export const dynamic = 'force-dynamic';

export default function Post({ params, searchParams }) {
  return (
    <>
      <h1>{`post:${decodeURIComponent(params.slug)}`}</h1>
      <p>{`query:${JSON.stringify(Object.keys(searchParams).sort())}`}</p>
    </>
  );
}
