#!/usr/bin/env node
// Adds up the results that eng/test.sh has collected: each failure with its reason, then as the last line: N passed, N failed
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

// A reason longer than this is a log; the whole of it stands where the test ran.
const maxReason = 2_000;

const directory = process.argv[2];
const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of readdirSync(directory)) {
  const { passed, failed, skipped, failures } = (file.endsWith('.trx') ? readTrx : readJson)(readFileSync(join(directory, file), 'utf8'));
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  for (const { name, reason } of failures) {
    console.log(`FAILED ${basename(file, extname(file))}: ${name}\n  ${reason.trim().slice(0, maxReason).replaceAll('\n', '\n  ')}\n`);
  }
}

console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.passed > 0 && total.failed === 0 ? 0 : 1);

/** Visual Studio's result file: one element counts all tests, one stands for each. */
function readTrx(text) {
  const counters = /<Counters [^>]*>/.exec(text)?.[0] ?? '';
  const count = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(counters)?.[1] ?? 0);
  const passed = count('passed');
  const failures = [...text.matchAll(/<UnitTestResult ([^>]*\boutcome="Failed"[^>]*)>(.*?)<\/UnitTestResult>/gs)].map(([, attributes, body]) => ({
    name: plain(/\btestName="([^"]*)"/.exec(attributes)?.[1] ?? 'a test without a name'),
    reason: ['Message', 'StackTrace'].map((element) => plain(new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(body)?.[1] ?? '')).join('\n'),
  }));
  return { passed, failed: count('executed') - passed, skipped: count('total') - count('executed'), failures };
}

function plain(xml) {
  const named = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return xml.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : decimal ? String.fromCodePoint(Number(decimal)) : (named[name] ?? whole),
  );
}

/** The JSON reporter of Vitest, whose fields the other suites write too. */
function readJson(text) {
  const { numPassedTests, numFailedTests, numPendingTests = 0, testResults = [] } = JSON.parse(text);
  const failures = testResults
    .flatMap(({ name, message, assertionResults = [] }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      // A file that could not be loaded has a message and no tests.
      if (failed.length === 0 && message) return [{ name: basename(name), reason: message }];
      return failed.map(({ fullName, failureMessages = [] }) => ({ name: fullName, reason: failureMessages.join('\n') }));
    });
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, failures };
}
