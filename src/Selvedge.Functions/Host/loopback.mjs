// @ts-check
import http from 'node:http';
import { currentInvocation } from './request-context.mjs';
import { SiteNames } from './site-names.mjs';

/**
 * Leads what the function asks of its own site back to the server, by a Unix socket: without DNS, a network or TLS.
 *
 * The server is spoken to as a proxy is (RFC 9112 section 3.2.2): the request target is the whole URL, so that it learns the scheme and
 * the name that the function meant. `CDN-Loop` (RFC 8586) tells it how often the request has come round.
 * @param {{ socket: string, names: string[] }} spec The server's socket, and the names of the site.
 */
export function installLoopback({ socket, names }) {
  const site = new SiteNames(names);
  patchAgents(site, socket);
  patchFetch(site, socket);
}

/** The field that goes with every request to the server: what came with the one that is being handled. */
const passes = () => currentInvocation()?.request.headers['cdn-loop'];

/**
 * Every request of `node:http` and `node:https` goes through an agent, and every agent is an `http.Agent`.
 * @param {SiteNames} site
 * @param {string} socket
 */
function patchAgents(site, socket) {
  const prototype = /** @type {any} */ (http.Agent.prototype);
  const { addRequest } = prototype;
  // A connection a request: one that were kept could be closed by the server in the moment in which it is used again.
  const agent = new http.Agent();

  /** @param {any} request @param {any} options @param {any[]} rest */
  prototype.addRequest = function (request, options, ...rest) {
    const { protocol, host, port } = { ...options, protocol: request.protocol };
    // A head that is written already cannot be addressed to a proxy any more.
    if (options?.socketPath || request._header || !site.has(protocol, host, port)) {
      return addRequest.call(this, request, options, ...rest);
    }

    const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
    request.path = new URL(`${protocol}//${bracketed}:${port}`).origin + request.path;
    const loop = passes();
    if (loop === undefined) request.removeHeader('cdn-loop');
    else request.setHeader('cdn-loop', loop);
    return addRequest.call(agent, request, { ...options, socketPath: socket });
  };
}

/** Where every undici keeps the dispatcher that requests go through; the one within Node.js too. */
const DISPATCHER = Symbol.for('undici.globalDispatcher.1');

/** Dispatchers that lead the site's requests back already. */
const patchedDispatchers = new WeakSet();

/**
 * `fetch` stays Node.js's own, with its redirects, streams and aborts; what changes is where its dispatcher connects to.
 * @param {SiteNames} site
 * @param {string} socket
 */
function patchFetch(site, socket) {
  const native = globalThis.fetch;
  /** @type {typeof fetch} */
  const patched = async function fetch(input, init = undefined) {
    // Not before: it loads undici, which functions that do not fetch start without.
    if (globalThis.fetch === patched) globalThis.fetch = native;
    patchDispatcher(site, socket);
    return native(input, init);
  };
  globalThis.fetch = patched;
}

/**
 * @param {SiteNames} site
 * @param {string} socket
 */
function patchDispatcher(site, socket) {
  // Makes Node.js load its undici, and with it the dispatcher.
  void globalThis.Response;
  const dispatcher = /** @type {any} */ (globalThis)[DISPATCHER];
  // A function that has put another kind in the place, for a proxy say, has decided where its requests go.
  if (dispatcher?.constructor.name !== 'Agent' || patchedDispatchers.has(dispatcher)) return;
  patchedDispatchers.add(dispatcher);

  const agent = new dispatcher.constructor({ connect: { socketPath: socket } });
  const dispatch = dispatcher.dispatch.bind(dispatcher);
  dispatcher.dispatch = (/** @type {any} */ options, /** @type {any} */ handler) => {
    const { origin } = options;
    const url = typeof origin === 'string' && URL.canParse(origin) ? new URL(origin) : origin;
    if (!site.has(url?.protocol, url?.hostname, url?.port)) return dispatch(options, handler);
    return agent.dispatch(
      {
        ...options,
        origin: `http://${url.host}`,
        path: url.origin + options.path,
        headers: withPasses(options.headers),
      },
      handler,
    );
  };
}

/**
 * The headers of a request in one of the shapes that undici takes, as pairs, one after the other.
 * @param {any} headers
 * @returns {any[]}
 */
function withPasses(headers) {
  const lines = [];
  for (const [name, value] of pairs(headers)) {
    if (String(name).toLowerCase() !== 'cdn-loop') lines.push(name, value);
  }

  const loop = passes();
  if (loop !== undefined) lines.push('cdn-loop', loop);
  return lines;
}

/**
 * @param {any} headers
 * @returns {Iterable<[any, any]>}
 */
function pairs(headers) {
  if (!headers) return [];
  if (Array.isArray(headers) && !Array.isArray(headers[0])) {
    return headers.flatMap((name, i) => (i % 2 === 0 ? [[name, headers[i + 1]]] : []));
  }
  return typeof headers[Symbol.iterator] === 'function' ? headers : Object.entries(headers);
}
