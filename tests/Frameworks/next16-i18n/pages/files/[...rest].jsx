export async function getServerSideProps({ params, locale }) {
  return { props: { rest: params.rest, locale } };
}

export default function Files({ rest, locale }) {
  return <h1>{`files:${rest.join('|')}:${locale}`}</h1>;
}
