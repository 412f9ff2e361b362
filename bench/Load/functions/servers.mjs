// Starts what is measured.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { configs, sources } from './handlers.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'selvedge-functions-'));
const running = new Set();

/** The Next.js app whose route handler is measured. */
export const app = join(root, 'tests/Frameworks/next16');

export function build() {
  const project = join(root, 'src/Selvedge.Cli/Selvedge.Cli.csproj');
  execFileSync('dotnet', ['build', '-c', 'Release', '--nologo', '-v', 'quiet', project], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const [kind, source] of Object.entries(sources)) writeFileSync(join(work, `${kind}.mjs`), source);
}

export function startSelvedge({ copies, node, directory = writeOutput(copies) }) {
  const command = join(root, 'src/Selvedge.Cli/bin/Release/net10.0/selvedge.dll');
  const data = join(work, `data-${running.size}`);
  const args = [command, 'serve', directory, '--urls', 'http://127.0.0.1:0', '--data-dir', data, '--log-level', 'Warning'];
  return start('dotnet', args, { SELVEDGE_FUNCTIONS__NODEPATH: node }, (line) => /^Listening on (\S+)/.exec(line)?.[1]);
}

export function startBare(kind, node) {
  const program = fileURLToPath(new URL('bare.mjs', import.meta.url));
  return start(node, [program, kind, join(work, `${kind}.mjs`)], { NODE_ENV: 'production' }, (line) => /^http\S+/.exec(line)?.[0]);
}

export async function startNext(node) {
  const port = await freePort();
  const args = [join(app, 'node_modules/next/dist/bin/next'), 'start', '--hostname', '127.0.0.1', '--port', String(port)];
  return start(node, args, {}, (line) => line.includes('Ready in') && `http://127.0.0.1:${port}`, app);
}

/** Ends everything, and removes what was written. */
export async function stopAll() {
  for (const stop of running) await stop();
  rmSync(work, { recursive: true, force: true });
}

/** A build output with as many functions of each kind, all the same. */
function writeOutput(copies) {
  const output = join(work, 'output');
  for (const kind of Object.keys(sources))
    for (let copy = 0; copy < copies; copy++) {
      const directory = join(output, 'functions', `${kind}${copy}.func`);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, '.vc-config.json'), JSON.stringify(configs[kind]));
      writeFileSync(join(directory, 'index.mjs'), sources[kind]);
    }
  writeFileSync(join(output, 'config.json'), JSON.stringify({ version: 3, routes: [{ handle: 'filesystem' }] }));
  return output;
}

/** Starts a server and waits for the line in which `ready` finds its origin. */
function start(command, args, environment, ready, cwd = work) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    running.delete(stop);
    child.kill('SIGTERM');
    await ended;
  };
  running.add(stop);
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

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
