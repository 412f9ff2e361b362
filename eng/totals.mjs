#!/usr/bin/env node
// Adds up the results that eng/test.sh has collected, and prints them as its last line: N passed, N failed
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const directory = process.argv[2];
const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of readdirSync(directory)) {
  const { passed, failed, skipped } = (file.endsWith('.trx') ? readTrx : readJson)(readFileSync(join(directory, file), 'utf8'));
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.passed > 0 && total.failed === 0 ? 0 : 1);

/** Visual Studio's result file: one element counts all tests. */
function readTrx(text) {
  const counters = /<Counters [^>]*>/.exec(text)?.[0] ?? '';
  const count = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(counters)?.[1] ?? 0);
  const passed = count('passed');
  return { passed, failed: count('executed') - passed, skipped: count('total') - count('executed') };
}

/** The JSON reporter of Vitest, whose fields the other suites write too. */
function readJson(text) {
  const { numPassedTests, numFailedTests, numPendingTests = 0 } = JSON.parse(text);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
}
