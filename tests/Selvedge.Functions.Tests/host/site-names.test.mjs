// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SiteNames } from '../function-host/site-names.mjs';

const names = new SiteNames(['example.com', 'other.test:8080', '*.preview.test', '[::1]:3000', 'secure.test:443']);

/** @param {string} url */
const has = (url) => {
  const { protocol, hostname, port } = new URL(url);
  return names.has(protocol, hostname, port);
};

for (const url of [
  'http://example.com/',
  'https://example.com/',
  'https://EXAMPLE.com:443/',
  'wss://example.com/',
  'http://other.test:8080/',
  'https://other.test:8080/',
  'https://b1.preview.test/',
  'http://[::1]:3000/',
  'https://[::1]:3000/',
  'https://secure.test/',
]) {
  test(`${url} is the site's`, () => assert.ok(has(url)));
}

for (const url of [
  'https://example.com:8443/',
  'http://example.com:443/',
  'https://www.example.com/',
  'https://example.com.evil.test/',
  'https://other.test/',
  'https://a.b.preview.test/',
  'https://preview.test/',
  'http://secure.test/',
  'data:text/plain,example.com',
]) {
  test(`${url} is another's`, () => assert.ok(!has(url)));
}

test('what is no address is not the site', () => {
  assert.ok(!names.has(/** @type {any} */ (undefined), /** @type {any} */ (undefined), undefined));
  assert.ok(names.has('http:', '::1', 3000));
});
