// Starts Selvedge and the peers that are installed as caching reverse proxies in front of one origin on this machine.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../servers.mjs';
import { floor, starters } from './peers.mjs';

/** Starts them on free ports, or those of `only` (names with commas between), the floor only if it is named there. `pin` is a list of processors, as taskset takes it. */
export async function startPeers(originPort, only, pin) {
  const peers = [];
  const names = only?.split(',') ?? Object.keys(starters);
  for (const [name, start] of Object.entries({ ...starters, ...floor })) {
    if (!names.includes(name)) continue;
    const port = await freePort();
    const directory = mkdtempSync(join(tmpdir(), `cache-bench-${name}-`));
    const command = start(port, originPort, directory);
    if (!isInstalled(command[0])) {
      console.error(`${name} is not installed; it is left out.`);
      continue;
    }
    const child = spawn(pin ? 'taskset' : command[0], pin ? ['-c', pin, ...command] : command.slice(1), {
      stdio: ['ignore', 'ignore', process.env.VERBOSE ? 'inherit' : 'ignore'],
      env: process.env,
    });
    peers.push({ name, port, child, directory });
    process.on('exit', () => child.kill());
    await listening(port, child);
  }
  return peers;
}

/** Ends them and removes what they wrote. */
export async function stopPeers(peers) {
  for (const { child, directory } of peers) {
    const ended = child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : undefined;
    child.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

function isInstalled(command) {
  try {
    execFileSync('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${command}`], { stdio: 'ignore' });
    process.env.PATH += process.env.PATH.includes('/usr/sbin') ? '' : ':/usr/sbin';
    return true;
  } catch {
    return false;
  }
}

/** Waits until a connection is accepted. */
async function listening(port, child) {
  for (const end = performance.now() + 60_000; performance.now() < end && child.exitCode === null; ) {
    const accepted = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (accepted) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${child.spawnargs.join(' ')} does not listen (exit code ${child.exitCode}); set VERBOSE=1 to see why`);
}
