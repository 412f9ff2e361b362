// @ts-check
import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { adviceOn } from '../function-host/advice.mjs';

/** @param {string} specifier */
function failureOf(specifier) {
  const root = mkdtempSync(join(tmpdir(), 'advice-'));
  try {
    const home = join(root, 'node_modules', 'cut');
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{"name":"cut","exports":"./left-out.js"}');
    createRequire(join(root, 'index.js'))(specifier);
  } catch (error) {
    return error;
  } finally {
    rmSync(root, { recursive: true });
  }
}

test('a file that the build has left out of a package comes with advice', () => {
  assert.match(adviceOn(failureOf('cut')), /Node\.js 22 or later/);
});

test("a file of the function's own, and other errors, come without", () => {
  for (const error of [failureOf('./mine.js'), new Error('/node_modules/x'), undefined, 'text']) assert.equal(adviceOn(error), '');
});
