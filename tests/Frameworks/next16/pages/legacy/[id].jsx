export async function getServerSideProps({ params, query, req, res }) {
  res.setHeader('x-legacy', 'props');
  return { props: { id: params.id, color: query.color ?? 'none', probe: req.headers['x-probe'] ?? 'none' } };
}

export default function Legacy({ id, color, probe }) {
  return (
    <>
      <h1>{`legacy:${id}`}</h1>
      <p>{`color:${color}`}</p>
      <p>{`header:${probe}`}</p>
    </>
  );
}
