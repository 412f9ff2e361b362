/** Only what is listed exists. */
export async function getStaticPaths() {
  return { paths: ['/p/closed/listed'], fallback: false };
}

export async function getStaticProps({ params }) {
  return { props: { slug: params.slug, render: crypto.randomUUID() }, revalidate: 60 };
}

export default function Closed({ slug, render }) {
  return (
    <>
      <h1>{`closed:${slug}`}</h1>
      <p>{`render:${render}`}</p>
    </>
  );
}
