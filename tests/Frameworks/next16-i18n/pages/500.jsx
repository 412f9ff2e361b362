export async function getStaticProps({ locale }) {
  return { props: { locale } };
}

export default function ServerError({ locale }) {
  return <h1>{`custom:500:${locale}`}</h1>;
}
