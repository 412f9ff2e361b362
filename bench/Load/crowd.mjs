// A crowd of clients and a cheap origin, both programs of one thread (bench/Selvedge.Benchmarks/Crowds): five thousand sockets cost a
// script's own event loop as much as they cost the server beside it, and then it is the script that is measured.

import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Builds what is run from here. */
export function build(...projects) {
  for (const project of ['bench/Selvedge.Benchmarks', ...projects]) {
    execFileSync('dotnet', ['build', '-c', 'Release', '--nologo', '-v', 'quiet', project], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

/** Starts a crowd's program. `open` opens connections in place of those before; `ask` lets all of them ask at once. */
export function startCrowd() {
  const { order, stop } = start('crowd');
  return {
    open: (port, clients) => order(JSON.stringify({ open: clients, port: Number(port) })),
    /**
     * One request a connection. `leaves`: the first client goes after so many milliseconds. Resolves when the last has its answer:
     * `answers` of `{ status, first, done, body }`, in milliseconds from the start; a status of 0 says that it is not whole.
     */
    async ask(path, { leaves, patience = 60_000 } = {}) {
      const told = await order(JSON.stringify({ ask: path, leaves, patience }));
      const answers = told.answers.map(([status, first, done, body]) => ({ status, first: first < 0 ? NaN : first, done, body: told.bodies[body] }));
      return { began: told.began, processor: told.processor, answers: leaves ? answers.slice(1) : answers };
    },
    stop,
  };
}

/** Starts the origin; `asked` says how often it was asked for a path. */
export async function startOrigin() {
  const { order, first, stop } = start('crowd-origin');
  const { port } = await first;
  return { port, asked: async (path) => (await order(path)).asked, stop };
}

function start(name) {
  const command = fileURLToPath(new URL('../Selvedge.Benchmarks/bin/Release/net10.0/Selvedge.Benchmarks.dll', import.meta.url));
  // Compiled once and for good: a crowd must not compile while it is answered.
  const env = { ...process.env, DOTNET_TieredCompilation: '0', DOTNET_gcConcurrent: '0' };
  const child = spawn('dotnet', [command, name], { stdio: ['pipe', 'pipe', 'inherit'], env });
  process.on('exit', () => child.kill());
  const waiting = [];
  let ended;
  const next = () => new Promise((resolve, reject) => (ended ? reject(ended) : waiting.push({ resolve, reject })));
  child.on('exit', (code) => {
    ended = new Error(`${name} ended with ${code}.`);
    for (const { reject } of waiting) reject(ended);
  });
  createInterface(child.stdout).on('line', (line) => waiting.shift().resolve(JSON.parse(line)));
  return {
    first: name === 'crowd-origin' ? next() : undefined,
    order(line) {
      const told = next();
      child.stdin.write(`${line}\n`);
      return told;
    },
    stop: () => child.stdin.end(),
  };
}
