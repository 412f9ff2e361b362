export const dynamic = 'force-dynamic';

export default async function Files({ params }) {
  const { rest } = await params;
  return <h1>{`files:${rest.join('|')}`}</h1>;
}
