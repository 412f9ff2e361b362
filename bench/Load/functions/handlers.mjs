// What is measured: a greeting, as every kind of function gives it, and a page of some 20 KB, which costs what a small page costs. The texts become the functions' files, so that the bare servers
// import exactly what Selvedge runs.

export const sources = {
  node: `export default (req, res) => {
  res.setHeader('content-type', 'text/plain; charset=utf-8');
  res.end('hello');
};
`,
  page: `export default (req, res) => {
  const rows = Array.from({ length: 200 }, (_, i) => \`<tr><td>\${i}</td><td>\${encodeURIComponent('hello ' + i)}</td><td>\${(i / 7).toFixed(3)}</td></tr>\`);
  res.setHeader('content-type', 'text/html; charset=utf-8');
  res.end(\`<!doctype html><title>hello</title><table>\${rows.join('')}</table><p>\${'x'.repeat(8000)}</p>\`);
};
`,
  edge: `export default (request) =>
  new Response('hello', { headers: { 'content-type': 'text/plain; charset=utf-8', 'x-path': new URL(request.url).pathname } });
`,
  // Answers without end, and tells when it learned that a client had gone; clocks of one machine, so both sides may be compared.
  gone: `let seen;
export default (req, res) => {
  res.setHeader('cache-control', 'no-store');
  if (req.url.endsWith('?seen')) return void res.end(String(seen));
  seen = undefined;
  res.write('hello');
  const more = setInterval(() => res.write('more'), 20);
  res.on('close', () => (clearInterval(more), (seen = Date.now())));
};
`,
  'gone-edge': `let seen;
export default (request) => {
  const headers = { 'cache-control': 'no-store' };
  if (request.url.endsWith('?seen')) return new Response(String(seen), { headers });
  seen = undefined;
  request.signal.addEventListener('abort', () => (seen = Date.now()));
  return new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('hello')) }), { headers });
};
`,
};

export const configs = {
  node: { runtime: 'nodejs22.x', handler: 'index.mjs', launcherType: 'Nodejs' },
  page: { runtime: 'nodejs22.x', handler: 'index.mjs', launcherType: 'Nodejs' },
  edge: { runtime: 'edge', entrypoint: 'index.mjs', deploymentTarget: 'v8-worker' },
  gone: { runtime: 'nodejs22.x', handler: 'index.mjs', launcherType: 'Nodejs' },
  'gone-edge': { runtime: 'edge', entrypoint: 'index.mjs', deploymentTarget: 'v8-worker' },
};
