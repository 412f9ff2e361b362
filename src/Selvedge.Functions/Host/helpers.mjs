// @ts-check
import { createHash } from 'node:crypto';
import { parse as parseQueryString } from 'node:querystring';
import { bufferBody } from './request-body.mjs';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */

/** A request that the helpers refuse on the function's behalf. */
class BadRequest extends Error {}

/**
 * Gives a `(req, res)` handler Vercel's helpers: `req.query`, `req.cookies` and `req.body`, made when they are first read, and
 * `res.status`, `res.send`, `res.json` and `res.redirect`.
 * @param {(req: any, res: any) => unknown} handler
 * @returns {import('./server.mjs').Handle}
 */
export function withHelpers(handler) {
  return async (req, res) => {
    const contentType = req.headers['content-type'];
    // Without a type the body is nothing to parse, and the function may stream it.
    const body = contentType === undefined ? Buffer.alloc(0) : await bufferBody(req);
    defineLazy(req, 'query', () => parseQuery(req.url ?? '/'));
    defineLazy(req, 'cookies', () => parseCookies(req.headers.cookie ?? ''));
    defineLazy(req, 'body', () => parseBody(body, contentType));
    addResponseHelpers(req, res);
    try {
      return await handler(req, res);
    } catch (error) {
      if (!(error instanceof BadRequest) || res.headersSent) throw error;
      res.statusCode = 400;
      res.end(error.message);
    }
  };
}

/**
 * @param {object} target
 * @param {string} name
 * @param {() => unknown} make
 */
function defineLazy(target, name, make) {
  const set = (/** @type {unknown} */ value) =>
    Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    set,
    get() {
      const value = make();
      set(value);
      return value;
    },
  });
}

/** @param {string} url */
export function parseQuery(url) {
  /** @type {Record<string, string | string[]>} */
  const query = {};
  for (const [name, value] of new URL(url, 'http://localhost').searchParams) {
    const earlier = Object.hasOwn(query, name) ? query[name] : undefined;
    define(query, name, earlier === undefined ? value : [earlier, value].flat());
  }

  return query;
}

/** @param {string} header The first cookie of a name wins, as in the `cookie` package. */
export function parseCookies(header) {
  /** @type {Record<string, string>} */
  const cookies = {};
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals).trim();
    if (equals < 0 || Object.hasOwn(cookies, name)) continue;
    const value = pair
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    define(cookies, name, decode(value));
  }

  return cookies;
}

/**
 * Assignment would let a visitor set the prototype.
 * @param {object} target
 * @param {string} name
 * @param {unknown} value
 */
function define(target, name, value) {
  Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
}

/** @param {string} value */
function decode(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/**
 * @param {Buffer} body
 * @param {string | undefined} contentType
 */
export function parseBody(body, contentType = 'text/plain') {
  switch (contentType.split(';', 1)[0].trim().toLowerCase()) {
    case 'application/json':
      return parseJson(body.toString());
    case 'application/octet-stream':
      return body;
    case 'application/x-www-form-urlencoded':
      return parseQueryString(body.toString());
    case 'text/plain':
      return body.toString();
    default:
      return undefined;
  }
}

/** @param {string} text */
function parseJson(text) {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    throw new BadRequest('Invalid JSON');
  }
}

/**
 * @param {IncomingMessage} req
 * @param {any} res
 */
function addResponseHelpers(req, res) {
  res.status = (/** @type {number} */ code) => {
    res.statusCode = code;
    return res;
  };
  res.redirect = (/** @type {number | string} */ statusOrUrl, /** @type {string | undefined} */ url) => {
    const [status, location] = typeof statusOrUrl === 'string' ? [307, statusOrUrl] : [statusOrUrl, url];
    if (typeof status !== 'number' || typeof location !== 'string') {
      throw new TypeError(
        "res.redirect takes a URL, as in res.redirect('/there'), or a status and a URL, as in res.redirect(308, '/there').",
      );
    }

    res.writeHead(status, { Location: location }).end();
    return res;
  };
  res.json = (/** @type {unknown} */ value) => {
    if (!res.getHeader('content-type')) res.setHeader('content-type', 'application/json; charset=utf-8');
    return res.send(JSON.stringify(value));
  };
  res.send = (/** @type {unknown} */ body) => {
    if (typeof body === 'number' || typeof body === 'boolean') return res.json(body);
    if (typeof body === 'object' && body !== null && !Buffer.isBuffer(body)) return res.json(body);
    return sendBody(req, res, body);
  };
}

/**
 * @param {IncomingMessage} req
 * @param {ServerResponse} res
 * @param {unknown} body
 */
function sendBody(req, res, body) {
  if (typeof body === 'string') {
    const type = String(res.getHeader('content-type') ?? 'text/html');
    res.setHeader('content-type', `${type.replace(/\s*;\s*charset=[^;]*/i, '')}; charset=utf-8`);
  } else if (Buffer.isBuffer(body)) {
    if (!res.getHeader('content-type')) res.setHeader('content-type', 'application/octet-stream');
  } else if (body !== undefined && body !== null) {
    throw new TypeError('res.send takes a string, an object, a number, a boolean or a Buffer.');
  }

  if (body !== undefined) {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(/** @type {string} */ (body ?? ''));
    res.setHeader('content-length', bytes.length);
    if (!res.getHeader('etag')) res.setHeader('etag', weakEtag(bytes));
    body = bytes;
  }

  const hasBody = res.statusCode !== 204 && res.statusCode !== 304;
  if (!hasBody) {
    for (const name of ['content-type', 'content-length', 'transfer-encoding']) res.removeHeader(name);
  }

  res.end(hasBody && req.method !== 'HEAD' ? body : undefined);
  return res;
}

/** @param {Buffer} bytes The form of the `etag` package: length and the first 27 characters of the SHA-1. */
export function weakEtag(bytes) {
  return `W/"${bytes.length.toString(16)}-${createHash('sha1').update(bytes).digest('base64').slice(0, 27)}"`;
}
