// @ts-check
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const HOST = fileURLToPath(new URL('../function-host/host.mjs', import.meta.url));

/**
 * Runs a host as the server does, up to its first message.
 * @param {string} source
 * @param {(parts: { control: net.Socket, process: import('node:child_process').ChildProcess, message: any }) => Promise<void>} body
 */
async function withHost(source, body) {
  const directory = await mkdtemp(join(tmpdir(), 'sh'));
  const server = net.createServer().listen(join(directory, 'control'));
  try {
    await writeFile(join(directory, 'index.mjs'), source);
    const child = spawn(process.execPath, [HOST, join(directory, 'control')], { stdio: 'ignore' });
    const [control] = await once(server, 'connection');
    const start = {
      type: 'start',
      directory,
      handler: 'index.mjs',
      socket: join(directory, 'http'),
      token: 't',
      maxDuration: 1000,
      maxLogLength: 1000,
    };
    control.write(`${JSON.stringify(start)}\n`);
    const [data] = await once(control, 'data');
    await body({ control, process: child, message: JSON.parse(String(data)) });
  } finally {
    server.close();
    await rm(directory, { recursive: true, force: true });
  }
}

test('a host ends when its server is gone without a word', async () => {
  await withHost('export default () => {}', async ({ control, process, message }) => {
    assert.deepEqual(message, { type: 'ready' });
    control.destroy();
    const [code] = await once(process, 'exit');
    assert.equal(code, 1);
  });
});

test('a host whose module fails to load says why, and ends', async () => {
  await withHost("throw new Error('broken')", async ({ process, message }) => {
    assert.equal(message.type, 'failed');
    assert.match(message.detail, /Error: broken/);
    await once(process, 'exit');
  });
});

test('a host answers pings, and leaves when it is drained', async () => {
  await withHost('export default () => {}', async ({ control, process }) => {
    control.write('{"type":"ping","id":7}\n');
    const [pong] = await once(control, 'data');
    const { type, id, utilization } = JSON.parse(String(pong));
    assert.deepEqual({ type, id }, { type: 'pong', id: 7 });
    assert.ok(utilization >= 0 && utilization <= 1, `utilization is ${utilization}`);
    control.write('{"type":"drain"}\n');
    const [drained] = await once(control, 'data');
    assert.deepEqual(JSON.parse(String(drained)), { type: 'drained' });
    const [code] = await once(process, 'exit');
    assert.equal(code, 0);
  });
});
