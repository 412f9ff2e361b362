// What processes hold and take, as Linux counts it.

import { readFileSync, readdirSync } from 'node:fs';

/** The processes that a process has started, and those that they have. */
export function processesBelow(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // The command may hold anything, parentheses too; its end is the last one.
    const stat = read(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0]));
  }

  const below = (id) => [...parents].filter(([, parent]) => parent === id).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** The proportional set size in bytes: pages that several processes share are divided among them. 0 if the process is gone. */
export function residentShare(pid) {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
}

/** The processor time that a process and those below it have taken, in microseconds. */
export function processorTime(pid) {
  const ticks = [pid, ...processesBelow(pid)].map((id) => {
    const stat = read(`/proc/${id}/stat`);
    const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13);
    return Number(user ?? 0) + Number(system ?? 0);
  });
  // A tick is a hundredth of a second to every Linux that speaks to programs.
  return ticks.reduce((sum, own) => sum + own, 0) * 10_000;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
