// What is measured: a greeting, as every kind of function gives it. The texts become the functions' files, so that the bare servers
// import exactly what Selvedge runs.

export const sources = {
  node: `export default (req, res) => {
  res.setHeader('content-type', 'text/plain; charset=utf-8');
  res.end('hello');
};
`,
  edge: `export default (request) =>
  new Response('hello', { headers: { 'content-type': 'text/plain; charset=utf-8', 'x-path': new URL(request.url).pathname } });
`,
};

export const configs = {
  node: { runtime: 'nodejs22.x', handler: 'index.mjs', launcherType: 'Nodejs' },
  edge: { runtime: 'edge', entrypoint: 'index.mjs', deploymentTarget: 'v8-worker' },
};
