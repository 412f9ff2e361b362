// How Selvedge and its peers are started as caching reverse proxies with one core's worth of threads, each in a directory of its own.
// A starter writes what its server needs and returns the command. Collapsing is on wherever a server has it; other settings are as
// the packages come, but for limits that a thousand clients would meet.

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export const starters = { selvedge, nginx, varnish, haproxy, trafficserver, squid };

/** No cache and no proxy, but what any server on Kestrel pays for a request; it takes part only where it is named. */
export const floor = { bare };

function selvedge(port, originPort, directory) {
  const output = join(directory, '.vercel', 'output');
  mkdirSync(join(output, 'static'), { recursive: true });
  const routes = [{ src: '^/(.*)$', dest: `http://127.0.0.1:${originPort}/$1` }];
  writeFileSync(join(output, 'config.json'), JSON.stringify({ version: 3, routes }));
  const command = join(root, 'src/Selvedge.Cli/bin/Release/net10.0/selvedge.dll');
  const data = join(directory, 'data');
  return ['dotnet', command, 'serve', directory, '--urls', `http://127.0.0.1:${port}`, '--data-dir', data, '--log-level', 'Error'];
}

function bare(port) {
  return ['dotnet', join(root, 'bench/Selvedge.Benchmarks/bin/Release/net10.0/Selvedge.Benchmarks.dll'), 'bare', `${port}`];
}

// The lock's two limits stay at their default of five seconds: longer ones only make its slow rows slower.
function nginx(port, originPort, directory) {
  const file = write(
    directory,
    'nginx.conf',
    `daemon off; worker_processes 1; pid ${directory}/pid; error_log ${directory}/error.log; user root;
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 1000000000;
  open_file_cache max=10000; open_file_cache_valid 60s;
  proxy_cache_path ${directory}/cache keys_zone=c:64m max_size=2g inactive=1h;
  upstream origin { server 127.0.0.1:${originPort}; keepalive 1024; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / {
      proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_cache c; proxy_cache_lock on; proxy_read_timeout 60s;
    }
  }
}
`,
  );
  return ['nginx', '-c', file, '-p', directory];
}

function varnish(port, originPort, directory) {
  const file = write(
    directory,
    'default.vcl',
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

// It does not collapse; what it makes of a burst shows what collapsing is worth.
function haproxy(port, originPort, directory) {
  const file = write(
    directory,
    'haproxy.cfg',
    `global
  maxconn 8000
  nbthread 1
defaults
  mode http
  timeout connect 10s
  timeout client 60s
  timeout server 60s
cache c
  total-max-size 256
  max-object-size 33554432
  max-age 36000
frontend f
  bind 127.0.0.1:${port}
  http-request cache-use c
  http-response cache-store c
  default_backend b
backend b
  http-reuse always
  server origin 127.0.0.1:${originPort}
`,
  );
  return ['haproxy', '-db', '-f', file];
}

function squid(port, originPort, directory) {
  // It gives up root for a user of its own, who must be able to write here.
  chmodSync(directory, 0o777);
  const file = write(
    directory,
    'squid.conf',
    `http_port 127.0.0.1:${port} accel defaultsite=127.0.0.1 no-vhost
cache_peer 127.0.0.1 parent ${originPort} 0 no-query no-digest originserver name=origin
http_access allow all
collapsed_forwarding on
cache_mem 512 MB
maximum_object_size_in_memory 32 MB
maximum_object_size 32 MB
memory_cache_shared off
access_log none
cache_log ${directory}/cache.log
cache_store_log none
pid_filename ${directory}/pid
coredump_dir ${directory}
pinger_enable off
shutdown_lifetime 0 seconds
max_filedescriptors 16384
client_db off
`,
  );
  return ['squid', '-N', '-f', file];
}

function trafficserver(port, originPort, directory) {
  for (const name of ['etc', 'share', 'log', 'run', 'cache', 'var']) mkdirSync(join(directory, name));
  // It gives up root for a user of its own, who must be able to write here.
  for (const name of ['.', 'log', 'run', 'cache', 'var']) chmodSync(join(directory, name), 0o777);
  const folders = { sysconfdir: 'etc', datadir: 'share', logdir: 'log', runtimedir: 'run', cachedir: 'cache', localstatedir: 'var' };
  const places = Object.entries(folders).map(([key, name]) => `${key}: ${join(directory, name)}\n`);
  write(directory, 'runroot.yaml', `prefix: /usr\nexec_prefix: /usr\nbindir: /usr/bin\nsbindir: /usr/sbin\n${places.join('')}`);
  // Action 5 and its retries are its collapsing; the read while writing is what lets followers begin before the end.
  const settings = {
    'admin.user_id': ['STRING', 'trafficserver'],
    'crash_log_helper': ['STRING', 'NULL'],
    'http.server_ports': ['STRING', `${port}:ip-in=127.0.0.1`],
    'exec_thread.autoconfig': ['INT', 0],
    'exec_thread.limit': ['INT', 1],
    'http.cache.required_headers': ['INT', 0],
    'http.cache.open_write_fail_action': ['INT', 5],
    'http.cache.max_open_read_retries': ['INT', 200],
    'http.cache.open_read_retry_time': ['INT', 50],
    'http.cache.max_open_write_retries': ['INT', 200],
    'cache.enable_read_while_writer': ['INT', 1],
    'http.background_fill_active_timeout': ['INT', 0],
    'http.background_fill_completed_threshold': ['FLOAT', '0.0'],
    'cache.ram_cache.size': ['INT', 268435456],
    'log.logging_enabled': ['INT', 0],
    'net.connections_throttle': ['INT', 8000],
    'http.per_server.connection.max': ['INT', 0],
    'url_remap.remap_required': ['INT', 1],
    'url_remap.pristine_host_hdr': ['INT', 0],
  };
  const lines = Object.entries(settings).map(([name, [type, value]]) => `CONFIG proxy.config.${name} ${type} ${value}\n`);
  write(directory, 'etc/records.config', lines.join(''));
  write(directory, 'etc/remap.config', `map / http://127.0.0.1:${originPort}/\n`);
  write(directory, 'etc/ip_allow.yaml', 'ip_allow:\n  - apply: in\n    ip_addrs: 127.0.0.1\n    action: allow\n    methods: ALL\n');
  write(directory, 'etc/storage.config', `${directory}/cache 512M\n`);
  return ['traffic_server', `--run-root=${join(directory, 'runroot.yaml')}`];
}

function write(directory, name, text) {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}
