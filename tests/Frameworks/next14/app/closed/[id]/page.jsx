export const revalidate = 60;
export const dynamicParams = false;

/** Only what is listed exists. */
export function generateStaticParams() {
  return [{ id: 'listed' }];
}

export default function Closed({ params }) {
  return (
    <>
      <h1>{`closed:${params.id}`}</h1>
      <p>{`render:${crypto.randomUUID()}`}</p>
    </>
  );
}
