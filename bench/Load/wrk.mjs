// Load by wrk.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('report.lua', import.meta.url));

/** One run of wrk. The rate is requests a second, latencies are microseconds. */
export function load(url, connections, seconds) {
  const args = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--timeout', '30s', '-s', script, url];
  return new Promise((resolve, reject) => {
    const wrk = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    wrk.stdout.on('data', (chunk) => (output += chunk));
    wrk.on('error', (error) =>
      reject(error.code === 'ENOENT' ? new Error('wrk is not installed; eng/install-test-tools.sh installs it') : error),
    );
    wrk.on('close', (code) => {
      if (code !== 0) return reject(new Error(`wrk ended with ${code}:\n${output}`));
      const result = JSON.parse(output.trim().split('\n').at(-1));
      if (result.failed > 0) return reject(new Error(`${result.failed} requests to ${url} failed`));
      resolve({ requests: result.requests, rate: result.requests / (result.microseconds / 1e6), p50: result.p50, p99: result.p99 });
    });
  });
}
