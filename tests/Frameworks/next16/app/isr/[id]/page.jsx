export const revalidate = 60;

export function generateStaticParams() {
  return [{ id: 'built' }];
}

export default async function RevalidatedById({ params }) {
  const { id } = await params;
  return (
    <>
      <h1>{`isr:${id}`}</h1>
      <p>{`render:${crypto.randomUUID()}`}</p>
    </>
  );
}
