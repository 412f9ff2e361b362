// Figures as the report prints them, and what it says of the machine.

import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const figure = (rate) => Math.round(rate).toLocaleString('en');

/** @param {number} microseconds */
export const ms = (microseconds) => `${(microseconds / 1000).toFixed(2)} ms`;

export const mib = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

export const spread = (values) =>
  `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;

/** What the figures were taken on, before there is any load of our own. `also` names what else ran, with its version. */
export function machine(node = process.execPath, also = []) {
  const cores = cpus();
  const run = (command, ...args) => execFileSync(command, args, { cwd: root, encoding: 'utf8' }).trim();
  const changed = run('git', 'status', '--porcelain', '--untracked-files=no') ? ' with local changes' : '';
  const text = [
    `${cores.length} × ${cores[0].model.trim()}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Linux ${release()}`,
    `.NET SDK ${run('dotnet', '--version')}`,
    `Node ${run(node, '--version').slice(1)} for every server`,
    ...also,
    `wrk with one thread on the same machine, whose load was ${loadavg()[0].toFixed(1)} before`,
  ].join(', ');
  return { text, commit: `commit ${run('git', 'rev-parse', '--short', 'HEAD')}${changed}` };
}
