export const revalidate = 60;
export const dynamicParams = false;

/** Only what is listed exists. */
export function generateStaticParams() {
  return [{ id: 'listed' }];
}

export default async function Closed({ params }) {
  const { id } = await params;
  return (
    <>
      <h1>{`closed:${id}`}</h1>
      <p>{`render:${crypto.randomUUID()}`}</p>
    </>
  );
}
