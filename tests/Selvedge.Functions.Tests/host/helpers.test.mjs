// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBody, parseCookies, parseQuery, weakEtag, withHelpers } from '../function-host/helpers.mjs';
import { exchange } from './exchange.mjs';

/** @param {(req: any, res: any) => unknown} handler */
const serve = (handler) => exchange(/** @type {any} */ (withHelpers(handler)));

test('a query value is a string, and an array if it is repeated', () => {
  assert.deepEqual(parseQuery('/p?a=1&b=x%20y&a=2&a=3&c'), { a: ['1', '2', '3'], b: 'x y', c: '' });
});

test('a query sets no prototype', () => {
  const query = parseQuery('/?__proto__=x&__proto__=y&constructor=z');
  assert.equal(Object.getPrototypeOf(query), Object.prototype);
  assert.deepEqual(Object.keys(query), ['__proto__', 'constructor']);
});

test('cookies are decoded where they can be, and the first of a name wins', () => {
  assert.deepEqual(parseCookies('a=%20x; b="q"; c=%zz; a=2; novalue; d=1=2'), { a: ' x', b: 'q', c: '%zz', d: '1=2' });
});

test('cookies set no prototype', () => {
  assert.equal(Object.getPrototypeOf(parseCookies('__proto__=x')), Object.prototype);
});

test('a body is parsed by its content type', () => {
  const parse = (/** @type {string} */ text, /** @type {string | undefined} */ type) => parseBody(Buffer.from(text), type);
  assert.deepEqual(parse('{"a":1}', 'Application/JSON; charset=utf-8'), { a: 1 });
  assert.deepEqual(parse('', 'application/json'), {});
  assert.equal(parse('hi', 'text/plain'), 'hi');
  assert.equal(parse('hi', undefined), 'hi');
  assert.deepEqual({ .../** @type {any} */ (parse('a=1&a=2', 'application/x-www-form-urlencoded')) }, { a: ['1', '2'] });
  assert.deepEqual(parse('hi', 'application/octet-stream'), Buffer.from('hi'));
  assert.equal(parse('hi', 'image/png'), undefined);
  assert.throws(() => parse('{', 'application/json'), { message: 'Invalid JSON' });
});

test('the ETag of nothing is the one that the etag package makes', () => {
  assert.equal(weakEtag(Buffer.alloc(0)), 'W/"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"');
});

test('send takes text as HTML in UTF-8', async () => {
  const { headers, body } = await serve((req, res) => res.send('ü'));
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(headers['content-length'], '2');
  assert.match(String(headers.etag), /^W\/"2-/);
  assert.equal(body, 'ü');
});

test('send replaces the charset of text', async () => {
  const { headers } = await serve((req, res) => res.setHeader('content-type', 'text/css; charset=latin1; x=y') && res.send('a'));
  assert.equal(headers['content-type'], 'text/css; x=y; charset=utf-8');
});

test('send takes objects, numbers and booleans as JSON, and null as nothing', async () => {
  for (const [value, expected] of [
    [{ a: 1 }, '{"a":1}'],
    [[1], '[1]'],
    [7, '7'],
    [false, 'false'],
    [null, ''],
  ]) {
    assert.equal((await serve((req, res) => res.send(value))).body, expected);
  }
});

test('send takes a Buffer as bytes', async () => {
  const { headers, body } = await serve((req, res) => res.send(Buffer.from('x')));
  assert.deepEqual([headers['content-type'], body], ['application/octet-stream', 'x']);
});

test('send leaves an ETag alone', async () => {
  assert.equal((await serve((req, res) => res.setHeader('etag', '"mine"') && res.send('a'))).headers.etag, '"mine"');
});

test('send drops the body of a 204', async () => {
  const { status, headers, body } = await serve((req, res) => res.status(204).send('a'));
  assert.deepEqual([status, headers['content-type'], headers['content-length'], body], [204, undefined, undefined, '']);
});

test('redirect defaults to 307', async () => {
  const { status, headers } = await serve((req, res) => res.redirect('/there'));
  assert.deepEqual([status, headers.location], [307, '/there']);
});

test('redirect takes a status', async () => {
  assert.equal((await serve((req, res) => res.redirect(308, '/there'))).status, 308);
});

test('what the helpers define can be replaced', async () => {
  const { body } = await serve((req, res) => {
    req.body = 'mine';
    res.end(req.body);
  });
  assert.equal(body, 'mine');
});
