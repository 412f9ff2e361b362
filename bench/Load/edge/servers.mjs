// Starts the servers that are measured, and reads what they cost.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../servers.mjs';

const here = import.meta.dirname;
const selvedge = path.join(here, '../../../src/Selvedge.Cli/bin/Release/net10.0/selvedge.dll');
const reference = path.join(here, '../streams/reference.mjs');
const token = 'the-token-of-the-load-test';
const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

export async function startSelvedge(settings = {}) {
  const [port, http2Port, adminPort] = [await freePort(), await freePort(), await freePort()];
  const directory = mkdtempSync(path.join(tmpdir(), 'edge-load-'));
  const environment = {
    SELVEDGE_STREAMS__AUTH: 'none',
    SELVEDGE_STREAMS__LONGPOLLTIMEOUT: '00:00:30',
    SELVEDGE_HTTP2URLS: `http://127.0.0.1:${http2Port}`,
    SELVEDGE_ADMIN__URLS: `http://127.0.0.1:${adminPort}`,
    SELVEDGE_ADMIN__TOKEN: token,
    DOTNET_gcServer: '0',
    ...settings,
  };
  const arguments_ = ['serve', '--urls', `http://127.0.0.1:${port}`, '--data-dir', directory, '--log-level', 'Error'];
  const child = run('dotnet', [selvedge, ...arguments_], directory, environment);
  await listening(port, child);
  return {
    port,
    http2Port,
    pids: [child.pid],
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    counts: async () =>
      (await fetch(`http://127.0.0.1:${adminPort}/streams/reads`, { headers: { authorization: `Bearer ${token}` } })).json(),
    stop: () => stop([child], directory),
  };
}

/** The protocol's reference server in memory, alone or behind nginx with its cache and its lock on. */
export async function startReference({ behindNginx }) {
  const port = await freePort();
  const directory = mkdtempSync(path.join(tmpdir(), 'edge-load-'));
  const child = run('node', [reference], directory, { PORT: port });
  await listening(port, child);
  if (!behindNginx) return { port, pids: [child.pid], stop: () => stop([child], directory) };

  const edge = await freePort();
  const file = path.join(directory, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; worker_processes 1; pid ${directory}/pid; error_log ${directory}/error.log; user root;
worker_rlimit_nofile 20000;
events { worker_connections 16384; }
http {
  access_log off; keepalive_requests 1000000000; keepalive_timeout 600s;
  proxy_cache_path ${directory}/cache keys_zone=c:64m max_size=2g inactive=1h;
  upstream origin { server 127.0.0.1:${port}; keepalive 64; }
  server {
    listen 127.0.0.1:${edge} backlog=4096;
    location / {
      proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_cache c; proxy_cache_key $request_uri; proxy_cache_methods GET; proxy_cache_valid 200 20s;
      proxy_cache_lock on; proxy_cache_lock_timeout 60s; proxy_cache_lock_age 60s; proxy_read_timeout 90s;
      add_header X-Cache $upstream_cache_status;
    }
  }
}
`,
  );
  const nginx = run('nginx', ['-c', file, '-p', directory], directory, {});
  await listening(edge, nginx);
  // The master only watches; its one worker does the work.
  const worker = Number(readFileSync(`/proc/${nginx.pid}/task/${nginx.pid}/children`, 'utf8').trim().split(' ')[0]);
  return { port: edge, pids: [child.pid, worker], stop: () => stop([nginx, child], directory) };
}

export const hasReference = () => existsSync(path.join(here, '../streams/node_modules/@durable-streams/server'));

/** Processor time of processes so far, in milliseconds. */
export function cpu(pids) {
  return pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);
}

export function openFiles() {
  return Number(/Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))[1]);
}

function run(command, arguments_, cwd, environment) {
  const child = spawn(command, arguments_, { cwd, env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit'] });
  children.add(child);
  return child;
}

async function stop(processes, directory) {
  for (const child of processes) {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 5000).unref();
    await exited;
    children.delete(child);
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

async function listening(port, child) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    try {
      await fetch(`http://127.0.0.1:${port}/v1/stream/ready`, { method: 'HEAD' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
