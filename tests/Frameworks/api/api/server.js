import { createServer } from 'node:http';

/** The shape of a program that listens, as if it had the machine for itself. */
const server = createServer(async (req, res) => {
  const url = new URL(req.url, 'http://localhost');
  const query = url.searchParams;
  switch (query.get('what')) {
    case 'echo': {
      let body = '';
      for await (const piece of req.setEncoding('utf8')) body += piece;
      const answer = { method: req.method, path: url.pathname, color: query.get('color'), probe: req.headers['x-probe'], body };
      res.writeHead(200, { 'content-type': 'application/json', 'x-echo': 'server' });
      return res.end(JSON.stringify(answer));
    }
    case 'stream':
      res.writeHead(200, { 'content-type': 'text/plain' });
      res.write('warp\n');
      await fetch(query.get('until'));
      return res.end('weft\n');
    case 'cookies':
      res.writeHead(204, { 'set-cookie': ['one=1', `two=${/thread=(\w+)/.exec(req.headers.cookie)?.[1] ?? 'none'}`] });
      return res.end();
    default:
      res.writeHead(query.has('id') ? 200 : 404, { 'content-type': 'application/json' });
      return res.end(JSON.stringify({ id: query.get('id') }));
  }
});

server.listen(3000);
