export async function getStaticProps({ preview = false }) {
  return { props: { preview, render: crypto.randomUUID() }, revalidate: 60 };
}

export default function Isr({ preview, render }) {
  return (
    <>
      <h1>p:isr</h1>
      <p>{`preview:${preview}`}</p>
      <p>{`render:${render}`}</p>
    </>
  );
}
