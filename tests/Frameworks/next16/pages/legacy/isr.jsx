export async function getStaticProps({ preview = false }) {
  return { props: { preview, render: crypto.randomUUID() }, revalidate: 60 };
}

export default function LegacyIsr({ preview, render }) {
  return (
    <>
      <h1>legacy:isr</h1>
      <p>{`preview:${preview}`}</p>
      <p>{`render:${render}`}</p>
    </>
  );
}
