// Starts and ends what is measured. Whoever starts something calls `stopAll` at the end, however that comes.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const running = new Set();

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The Next.js app that is measured. */
export const app = join(root, 'tests/Frameworks/next16');

/** Selvedge on a free port; `settings` are environment variables. */
export function startSelvedge(directory, data, settings = {}) {
  const command = join(root, 'src/Selvedge.Cli/bin/Release/net10.0/selvedge.dll');
  const args = [command, 'serve', directory, '--urls', 'http://127.0.0.1:0', '--data-dir', data, '--log-level', 'Error'];
  return start('dotnet', args, (line) => /^Listening on (\S+)/.exec(line)?.[1], settings);
}

/** `next start` of the app. */
export async function startNext(node = process.execPath) {
  const port = await freePort();
  const args = [join(app, 'node_modules/next/dist/bin/next'), 'start', '--hostname', '127.0.0.1', '--port', String(port)];
  return start(node, args, (line) => line.includes('Ready in') && `http://127.0.0.1:${port}`, {}, app);
}

/** Starts a server and waits for the line in which `ready` finds its origin. */
export function start(command, args, ready, environment = {}, cwd = root) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = stopLater(child);
  // What a server says is of interest only if it does not come up, and must be read lest it blocks.
  const printed = [];
  return new Promise((resolve, reject) => {
    const read = (line) => {
      if (printed.length < 100) printed.push(line);
      const origin = ready(line);
      if (origin) resolve({ origin: origin.replace(/\/$/, ''), pid: child.pid, stop });
    };
    createInterface(child.stdout).on('line', read);
    createInterface(child.stderr).on('line', read);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${command} ended with ${code} before it was ready:\n${printed.join('\n')}`)));
  });
}

/** Lets `stopAll` end a process; returns what ends it sooner. */
export function stopLater(child) {
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    running.delete(stop);
    child.kill('SIGTERM');
    await ended;
  };
  running.add(stop);
  return stop;
}

/** Ends everything that still runs. */
export async function stopAll() {
  for (const stop of running) await stop();
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
