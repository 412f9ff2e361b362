// What Selvedge's admin listener says of its cache, for scripts that must know when it has nothing left to do.

import { freePort } from '../servers.mjs';

const token = 'the token of the load tests';
const port = await freePort();

/** Environment variables that turn the listener on. */
export const settings = { SELVEDGE_ADMIN__URLS: `http://127.0.0.1:${port}`, SELVEDGE_ADMIN__TOKEN: token };

/** Asks it: a GET of a path, or a POST of an order. */
export async function ask(path, order) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers, ...(order && { method: 'POST', body: JSON.stringify(order) }) });
  return { status: response.status, body: await response.text() };
}

/** What is still under way in the cache, fetches and writes to disk. */
export const leftOf = (status) => status.fetches + (status.disk?.writes ?? 0);

/** The state of the cache once nothing is under way in it, or after half a minute. */
export async function settled() {
  for (let i = 0; ; i++) {
    const status = JSON.parse((await ask('/cache')).body);
    if (leftOf(status) === 0 || i === 300) return status;
    // Between two questions.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
