// Visits the Next app as a person would, and prints what happened as one line of JSON:  node visit.mjs BASE_URL

import { chromium } from 'playwright-core';

const base = process.argv[2];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // Containers run as root and have a small /dev/shm.
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);

  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  let documents = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) documents++;
  });

  await page.goto(base, { waitUntil: 'networkidle' });
  const loaded = await page.textContent('h1');

  await page.click('#counter');
  await page.waitForFunction(() => document.querySelector('#counter').textContent === 'count:1');

  const visited = [];
  for (const [link, path] of [
    ['#to-post', '/posts/linked'],
    ['#to-static', '/static'],
  ]) {
    await page.click(link);
    await page.waitForURL(`**${path}`);
    await page.waitForFunction((before) => document.querySelector('h1')?.textContent !== before, visited.at(-1) ?? loaded);
    visited.push(await page.textContent('h1'));
  }

  console.log(JSON.stringify({ loaded, visited, documents, problems }));
} finally {
  await browser.close();
}
