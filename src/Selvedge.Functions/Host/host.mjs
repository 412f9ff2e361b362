// @ts-check
/**
 * The host of one function, a process of its own:
 *
 * 1. connect to the server's control socket, named by the only argument;
 * 2. be told which function to be (`start`);
 * 3. import it, listen on the Unix socket that was assigned, and say so (`ready`, or `failed` and out);
 * 4. answer requests until told to leave (`drain`), or until the server is gone;
 * 5. leave once no response is open and no `waitUntil` work is pending.
 */
import { join } from 'node:path';
import { adviceOn } from './advice.mjs';
import { installConsole } from './console.mjs';
import { ControlChannel } from './control.mjs';
import { cacheServices, connectDataCache, installCacheHandlers } from './data-cache/install.mjs';
import { installFaultHandlers } from './faults.mjs';
import { loadHandler } from './handlers.mjs';
import { describeError } from './invocation.mjs';
import { Lifecycle } from './lifecycle.mjs';
import { LoopLoad } from './loop-load.mjs';
import { installLoopback } from './loopback.mjs';
import { installRequestContext } from './request-context.mjs';
import { createServer, listen } from './server.mjs';

/** How long a function's SIGTERM listeners may take, as on Vercel. */
const SIGTERM_GRACE = 500;

/** How long a process may be without a function until it gets ready for any. */
const WARM_UP_DELAY = 50;

// The function may replace it.
const exit = process.exit.bind(process);

const lifecycle = new Lifecycle();
const load = new LoopLoad();
let started = false;

// Ctrl+C and a service manager signal the whole group, and the server needs its functions while it drains. It ends them itself.
const ignore = () => {};
process.on('SIGINT', ignore);
process.on('SIGTERM', ignore);

const control = new ControlChannel(
  process.argv[2],
  {
    start: (message) => void start(message),
    ping: ({ id }) => control.send({ type: 'pong', id, utilization: load.utilization() }),
    drain: () => void drain(),
  },
  () => exit(1),
);

// A process that is told at once what to be loads what that needs and nothing else; one that waits can as well use the time.
const warmingUp = setTimeout(warmUp, WARM_UP_DELAY).unref();

/** @param {any} spec The server's `start` message. */
async function start(spec) {
  clearTimeout(warmingUp);
  try {
    if (spec.environment) become(spec);
    process.argv.splice(1, process.argv.length - 1, join(spec.directory, spec.handler));
    installConsole(spec.maxLogLength);
    if (spec.loopback) installLoopback(spec.loopback);
    if (spec.dataCache) connectDataCache(spec.dataCache, spec.loopback?.socket);
    installCacheHandlers();
    installRequestContext(globalThis, cacheServices());
    installFaultHandlers((detail) => (started ? control.send({ type: 'fault', detail }) : fail(detail)));
    const handle = await loadHandler(spec);
    await listen(createServer(handle, { token: spec.token, maxDuration: spec.maxDuration, lifecycle }), spec.socket);
    started = true;
    control.send({ type: 'ready' });
  } catch (error) {
    fail(describeError(error) + adviceOn(error));
  }
}

/**
 * Takes on what a process that is started for a function is started with.
 * @param {any} spec
 */
function become({ environment, directory }) {
  for (const name of Object.keys(process.env)) {
    if (!Object.hasOwn(environment, name)) delete process.env[name];
  }

  Object.assign(process.env, environment);
  process.chdir(directory);
}

async function warmUp() {
  // The web's classes are made when they are first looked at.
  void globalThis.Response;
  void globalThis.ReadableStream;
  if (process.execArgv.includes('--experimental-vm-modules')) await import('./edge/edge-module.mjs');
}

/** @param {string} detail */
function fail(detail) {
  control.send({ type: 'failed', detail }, () => exit(1));
}

async function drain() {
  await lifecycle.idle();
  control.send({ type: 'drained' });
  if (process.listenerCount('SIGTERM') === 1) exit(0);
  setTimeout(exit, SIGTERM_GRACE, 0);
  process.emit('SIGTERM');
}
