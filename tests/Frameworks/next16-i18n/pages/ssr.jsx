export async function getServerSideProps({ locale, query, req, res, resolvedUrl }) {
  res.setHeader('x-ssr', 'props');
  return {
    props: {
      locale,
      resolvedUrl,
      query: JSON.stringify(query),
      fromProxy: req.headers['x-from-proxy'] ?? 'none',
    },
  };
}

export default function Ssr({ locale, resolvedUrl, query, fromProxy }) {
  return (
    <>
      <h1>{`page:ssr:${locale}`}</h1>
      <p>{`url:${resolvedUrl}`}</p>
      <pre dangerouslySetInnerHTML={{ __html: `query:${query}` }} />
      <p>{`from-proxy:${fromProxy}`}</p>
    </>
  );
}
