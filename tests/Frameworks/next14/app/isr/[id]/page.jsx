export const revalidate = 60;

export function generateStaticParams() {
  return [{ id: 'built' }];
}

export default function RevalidatedById({ params }) {
  return (
    <>
      <h1>{`isr:${params.id}`}</h1>
      <p>{`render:${crypto.randomUUID()}`}</p>
    </>
  );
}
