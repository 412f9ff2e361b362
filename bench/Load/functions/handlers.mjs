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
};

export const configs = {
  node: { runtime: 'nodejs22.x', handler: 'index.mjs', launcherType: 'Nodejs' },
  page: { runtime: 'nodejs22.x', handler: 'index.mjs', launcherType: 'Nodejs' },
  edge: { runtime: 'edge', entrypoint: 'index.mjs', deploymentTarget: 'v8-worker' },
};
