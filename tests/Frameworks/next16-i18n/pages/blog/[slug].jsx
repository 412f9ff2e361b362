/** Two posts are built; the others are rendered when someone asks for them. */
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
  return { props: { slug: params.slug, locale }, revalidate: 60 };
}

export default function Post({ slug, locale }) {
  return <h1>{`post:${slug}:${locale}`}</h1>;
}
