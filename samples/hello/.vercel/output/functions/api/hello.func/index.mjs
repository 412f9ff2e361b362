/** Greets by name. `req.query` and `res.json` are the helpers that `shouldAddHelpers` asks for. */
export default function hello(req, res) {
  const name = [req.query.name ?? 'stranger'].flat()[0];
  res.status(200).json({
    greeting: `Hello, ${name}.`,
    method: req.method,
    url: req.url,
    host: req.headers.host,
    node: process.version,
    process: process.pid,
  });
}
