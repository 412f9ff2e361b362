// A plain Node.js server for one handler: node bare.mjs node|edge MODULE. It prints its origin when it listens.

import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const [kind, module] = process.argv.slice(2);
const { default: handler } = await import(pathToFileURL(module).href);

/** As little as it takes to call a function of Request to Response. */
async function answer(req, res) {
  const response = await handler(new Request(`http://${req.headers.host}${req.url}`, { method: req.method, headers: req.headers }));
  res.writeHead(response.status, Object.fromEntries(response.headers));
  for await (const chunk of response.body ?? []) res.write(chunk);
  res.end();
}

const server = createServer(kind === 'edge' ? answer : handler);
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
