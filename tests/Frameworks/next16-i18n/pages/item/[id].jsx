export async function getServerSideProps({ params, locale, query }) {
  return { props: { id: params.id, locale, color: query.color ?? 'none' } };
}

export default function Item({ id, locale, color }) {
  return (
    <>
      <h1>{`item:${id}:${locale}`}</h1>
      <p>{`color:${color}`}</p>
    </>
  );
}
