export async function getStaticProps() {
  return { props: { render: crypto.randomUUID() }, revalidate: 60 };
}

export default function LegacyIsr({ render }) {
  return (
    <>
      <h1>legacy:isr</h1>
      <p>{`render:${render}`}</p>
    </>
  );
}
