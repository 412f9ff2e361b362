/** Only what is listed exists. */
export async function getStaticPaths({ locales }) {
  return { paths: locales.map((locale) => ({ params: { slug: 'listed' }, locale })), fallback: false };
}

export async function getStaticProps({ params, locale }) {
  return { props: { slug: params.slug, locale } };
}

export default function Closed({ slug, locale }) {
  return <h1>{`closed:${slug}:${locale}`}</h1>;
}
