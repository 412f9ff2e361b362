// Interim responses (1xx), which the npm version's engine cannot send or see: an origin and a client of our own, by the ids of
// the suite's repository.

import { createServer, get } from 'node:http';

const hints = { link: '</styles.css>; rel=preload; as=style', 'x-my-header': 'test' };
const is103 = ({ statusCode, headers }) =>
  statusCode === 103 && headers.link === hints.link && headers['x-my-header'] === hints['x-my-header'];

/** Each test asks twice for a URL of its own and judges both answers. */
const tests = [
  {
    id: 'interim-102',
    kind: 'optimal',
    passes: (one, two) => one.interim.some(({ statusCode }) => statusCode === 102) && two.count === 1,
  },
  { id: 'interim-103', kind: 'optimal', passes: (one, two) => one.interim.some(is103) && two.count === 1 },
  {
    id: 'interim-not-cached',
    kind: 'required',
    passes: (one, two) => one.interim.some(is103) && two.interim.length === 0 && two.count === 1,
  },
  {
    id: 'interim-no-header-reuse',
    kind: 'optimal',
    passes: (one, two) =>
      one.interim.some(is103) && two.count === 1 && [one, two].every(({ headers }) => !('x-my-header' in headers)),
  },
];

/** Starts the origin: an interim response first, then one that may be cached and says how often its URL was asked for. */
export function startInterimOrigin() {
  const asked = new Map();
  const server = createServer((request, response) => {
    const count = (asked.get(request.url) ?? 0) + 1;
    asked.set(request.url, count);
    if (request.url.endsWith('/interim-102')) response.writeProcessing();
    else response.writeEarlyHints(hints);
    response.writeHead(200, { 'Cache-Control': 'max-age=100000', Count: count });
    response.end('final');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Runs the tests against the interim origin behind `base`. */
export async function runInterim(base) {
  const outcomes = [];
  for (const { id, kind, passes } of tests) {
    const one = await ask(`${base}/${id}`);
    const two = await ask(`${base}/${id}`);
    outcomes.push({ id, kind, passed: passes(one, two) || ['Assertion', JSON.stringify([one, two])] });
  }
  return outcomes;
}

function ask(url) {
  return new Promise((resolve, reject) => {
    const interim = [];
    get(url, (response) => {
      response.resume();
      response.on('end', () => resolve({ interim, headers: response.headers, count: Number(response.headers.count) }));
    })
      .on('information', ({ statusCode, headers }) => interim.push({ statusCode, headers }))
      .on('error', reject);
  });
}
