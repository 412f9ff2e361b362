/** Uses the request and response helpers that Next gives API routes. */
export default function legacy(req, res) {
  res.setHeader('x-legacy-api', 'yes');
  res.status(req.method === 'POST' ? 201 : 200).json({
    method: req.method,
    query: req.query,
    cookies: req.cookies,
    body: req.body || null,
  });
}
