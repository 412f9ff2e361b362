export const dynamic = 'force-dynamic';

export default async function Docs({ params }) {
  const { all } = await params;
  return <h1>{`docs:${all ? all.join('|') : 'none'}`}</h1>;
}
