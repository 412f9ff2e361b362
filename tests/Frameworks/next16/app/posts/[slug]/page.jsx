export const dynamic = 'force-dynamic';

export default async function Post({ params, searchParams }) {
  const { slug } = await params;
  const query = await searchParams;
  return (
    <>
      <h1>{`post:${decodeURIComponent(slug)}`}</h1>
      <p>{`query:${JSON.stringify(Object.keys(query).sort())}`}</p>
    </>
  );
}
