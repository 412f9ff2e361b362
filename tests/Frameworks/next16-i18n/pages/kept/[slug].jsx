/** Two pages are built; the others are rendered when someone asks for them. */
export async function getStaticPaths() {
  return {
    paths: [
      { params: { slug: 'built' }, locale: 'en' },
      { params: { slug: 'built' }, locale: 'fr' },
    ],
    fallback: 'blocking',
  };
}

export async function getStaticProps({ params, locale }) {
  if (params.slug === 'unwritten') return { notFound: true, revalidate: 60 };
  return { props: { slug: params.slug, locale, render: crypto.randomUUID() }, revalidate: 60 };
}

export default function Kept({ slug, locale, render }) {
  return (
    <>
      <h1>{`kept:${slug}:${locale}`}</h1>
      <p>{`render:${render}`}</p>
    </>
  );
}
