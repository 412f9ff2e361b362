// @ts-check
import { once } from 'node:events';
import http from 'node:http';

/**
 * Sends one request to a handler over a real connection.
 * @param {http.RequestListener} handler
 * @param {http.RequestOptions} [options]
 * @param {string | Buffer} [body]
 * @returns {Promise<{ status: number | undefined, headers: http.IncomingHttpHeaders, body: string }>}
 */
export async function exchange(handler, options = {}, body = undefined) {
  const server = http.createServer(handler).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const request = http.request({ port, host: '127.0.0.1', ...options }).end(body);
    const [response] = await once(request, 'response');
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return { status: response.statusCode, headers: response.headers, body: text };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
