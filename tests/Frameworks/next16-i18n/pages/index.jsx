export async function getStaticProps({ locale }) {
  return { props: { locale } };
}

export default function Home({ locale }) {
  return <h1>{`page:home:${locale}`}</h1>;
}
