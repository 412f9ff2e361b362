/** The shape with Node's request and response, and the helpers that the platform adds to them. */
export default async function helpers(req, res) {
  switch (req.query.what) {
    case 'echo': {
      const path = req.url.split('?')[0];
      const body = typeof req.body === 'object' ? JSON.stringify(req.body) : (req.body ?? '');
      res.setHeader('x-echo', 'helpers');
      return res.status(200).json({ method: req.method, path, color: req.query.color, probe: req.headers['x-probe'], body });
    }
    case 'stream':
      res.setHeader('content-type', 'text/plain');
      res.write('warp\n');
      await fetch(req.query.until);
      return res.end('weft\n');
    case 'cookies':
      res.setHeader('set-cookie', ['one=1', `two=${req.cookies.thread ?? 'none'}`]);
      return res.status(204).end();
    case 'redirect':
      return res.redirect(307, '/about');
    case 'send':
      return res.status(201).send(Buffer.from('woven'));
    case 'boom':
      throw new Error('This handler always fails.');
    default:
      return req.query.id === undefined ? res.status(404).send('no such thing') : res.json({ id: req.query.id });
  }
}
