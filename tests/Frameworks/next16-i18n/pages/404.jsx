export async function getStaticProps({ locale }) {
  return { props: { locale } };
}

export default function NotFound({ locale }) {
  return <h1>{`custom:404:${locale}`}</h1>;
}
