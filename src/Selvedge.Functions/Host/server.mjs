// @ts-check
import http from 'node:http';
import net from 'node:net';
import { installEcho, takeEcho } from './echo.mjs';
import { Invocation } from './invocation.mjs';
import { runInvocation } from './request-context.mjs';
import { Link } from './wire/link.mjs';

/** @typedef {(request: http.IncomingMessage, response: http.ServerResponse, invocation: Invocation) => unknown} Handle */

/**
 * Makes the server that the function answers through. Its client is the edge server alone, on this machine, with limits of its own: so
 * nothing here times out, and no connection is closed under a request that is just being sent.
 * @param {Handle} handle
 * @param {import('./invocation.mjs').HostState} host
 */
export function createServer(handle, host) {
  installEcho();
  const server = http.createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  server.timeout = 0;
  server.maxHeadersCount = 0;
  server.maxRequestsPerSocket = 0;

  server.on('request', (request, response) => {
    response.sendDate = false;
    takeEcho(request, response);
    const invocation = new Invocation(request, response, host);
    runInvocation(invocation, () => {
      try {
        const result = /** @type {any} */ (handle(request, response, invocation));
        if (typeof result?.then === 'function') result.then(undefined, (/** @type {unknown} */ error) => invocation.fail(error));
      } catch (error) {
        invocation.fail(error);
      }
    });
  });
  server.on('clientError', (error, socket) => refuse(/** @type {NodeJS.ErrnoException} */ (error), socket, host.token));
  return server;
}

/**
 * Listens for the server's links, each of which carries connections to an HTTP server.
 * @param {http.Server} server
 * @param {string} path
 * @returns {Promise<void>}
 */
export function listen(server, path) {
  const links = net.createServer((socket) => void new Link(socket, (channel) => void server.emit('connection', channel)));
  return new Promise((resolve, reject) => {
    links.once('error', reject);
    // Found on the prototype of net, for http's may be patched.
    net.Server.prototype.listen.call(links, { path }, () => {
      links.off('error', reject);
      resolve();
    });
  });
}

/**
 * Answers what Node.js cannot parse. The edge server sends well-formed requests only, so that leaves methods Node.js does not know.
 * @param {NodeJS.ErrnoException} error
 * @param {import('node:stream').Duplex} socket
 * @param {string} token In place of the request's number, which is not known.
 */
function refuse(error, socket, token) {
  if (error.code === 'HPE_INVALID_METHOD' && socket.writable) {
    socket.end(`HTTP/1.1 405 ${token}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
  } else {
    socket.destroy();
  }
}
