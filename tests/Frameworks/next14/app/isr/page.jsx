export const revalidate = 60;

export default function Revalidated() {
  return (
    <>
      <h1>page:isr</h1>
      <p>{`render:${crypto.randomUUID()}`}</p>
    </>
  );
}
