// Starts Selvedge and the peers that are installed as caching reverse proxies in front of one origin on this machine.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const starters = { selvedge, nginx, varnish };

/** Starts them on free ports. `pin` is a list of processors, as taskset takes it. */
export async function startPeers(originPort, only, pin) {
  const peers = [];
  for (const [name, start] of Object.entries(starters)) {
    if (only && only !== name) continue;
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

export function stopPeers(peers) {
  for (const { child, directory } of peers) {
    child.kill('SIGTERM');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

function selvedge(port, originPort, directory) {
  const output = join(directory, '.vercel', 'output');
  mkdirSync(join(output, 'static'), { recursive: true });
  const routes = [{ src: '^/(.*)$', dest: `http://127.0.0.1:${originPort}/$1` }];
  writeFileSync(join(output, 'config.json'), JSON.stringify({ version: 3, routes }));
  const command = join(root, 'src/Selvedge.Cli/bin/Release/net10.0/selvedge.dll');
  const data = join(directory, 'data');
  return ['dotnet', command, 'serve', directory, '--urls', `http://127.0.0.1:${port}`, '--data-dir', data, '--log-level', 'Error'];
}

function nginx(port, originPort, directory) {
  const file = join(directory, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; worker_processes 1; pid ${directory}/pid; error_log ${directory}/error.log; user root;
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 1000000000;
  proxy_cache_path ${directory}/cache keys_zone=c:64m max_size=2g inactive=1h;
  upstream origin { server 127.0.0.1:${originPort}; keepalive 64; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / {
      proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_cache c; proxy_cache_lock on; proxy_cache_lock_timeout 30s; proxy_cache_lock_age 30s; proxy_read_timeout 60s;
    }
  }
}
`,
  );
  return ['nginx', '-c', file, '-p', directory];
}

function varnish(port, originPort, directory) {
  const file = join(directory, 'default.vcl');
  writeFileSync(
    file,
    `vcl 4.1;
backend origin { .host = "127.0.0.1"; .port = "${originPort}"; .first_byte_timeout = 60s; }
sub vcl_backend_response {
  if (beresp.http.Set-Cookie || beresp.http.Cache-Control ~ "no-store|private") { set beresp.uncacheable = true; set beresp.ttl = 120s; }
}
`,
  );
  const listen = ['-F', '-a', `127.0.0.1:${port}`, '-f', file, '-n', directory, '-s', 'malloc,512m'];
  return ['varnishd', '-j', 'none', ...listen, '-p', 'thread_pool_max=5000', '-p', 'thread_pool_min=500', '-T', 'none'];
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

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
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
