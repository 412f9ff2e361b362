export async function getServerSideProps({ params, query, req, res }) {
  res.setHeader('set-cookie', ['one=1; Path=/', `two=${req.cookies.thread ?? 'none'}; Path=/`]);
  return { props: { id: params.id, color: query.color ?? 'none', probe: req.headers['x-probe'] ?? 'none' } };
}

export default function Ssr({ id, color, probe }) {
  return (
    <>
      <h1>{`ssr:${id}`}</h1>
      <p>{`color:${color}`}</p>
      <p>{`header:${probe}`}</p>
    </>
  );
}
