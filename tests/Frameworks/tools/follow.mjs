// Follows samples/live in a browser while its server is killed and started again, and prints what happened as one line of JSON:
//   node follow.mjs SELVEDGE_DLL SAMPLE DATA_DIRECTORY

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { chromium } from 'playwright-core';

const [command, sample, data] = process.argv.slice(2);
const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const base = `http://127.0.0.1:${probe.address().port}`;
probe.close();
await once(probe, 'close');

let server;

/** Starts the server where it was before, and waits until it answers. */
async function start() {
  server = spawn('dotnet', [command, 'serve', sample, '--urls', base, '--data-dir', data], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (;;) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}.`);
    if (await fetch(base).then((answer) => answer.ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function kill() {
  server.kill('SIGKILL');
  await once(server, 'exit');
}

await start();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // Containers run as root and have a small /dev/shm.
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));

  const say = async (line) => {
    await page.fill('input', line);
    await page.click('button');
  };
  const state = (text) => page.waitForFunction((wanted) => document.querySelector('#state').textContent === wanted, text);
  const allSent = () => page.waitForFunction(() => document.querySelector('#unsent').textContent === '0');
  const count = (lines) => page.waitForFunction((wanted) => document.querySelectorAll('li').length >= wanted, lines);

  await page.goto(base);
  await say('before');
  await count(1);

  const expected = ['before'];
  for (let round = 1; round <= 2; round++) {
    // In the middle of a line, and while the page waits for the next one.
    await say(`into the kill ${round}`);
    await kill();
    await state('connecting');
    await say(`while it is down ${round}`);
    await start();
    await allSent();
    await say(`after ${round}`);
    expected.push(`into the kill ${round}`, `while it is down ${round}`, `after ${round}`);
    await count(expected.length);
  }

  // Another page, opened later, reads the same.
  const other = await browser.newPage();
  await other.goto(base);
  await other.waitForFunction((wanted) => document.querySelectorAll('li').length >= wanted, expected.length);

  const linesOf = (one) => one.$$eval('li', (items) => items.map((item) => item.textContent));
  console.log(JSON.stringify({ expected, followed: await linesOf(page), read: await linesOf(other), faults }));
} finally {
  await browser.close();
  await kill();
}
