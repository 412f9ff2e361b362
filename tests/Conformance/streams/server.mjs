// Starts the server under test in a process of its own, and ends it in whatever way a test wants.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const here = import.meta.dirname;
const command = process.env.STREAMS_COMMAND?.split(" ") ?? [
  "dotnet",
  path.join(here, "../../../src/Selvedge.Cli/bin/Release/net10.0/selvedge.dll"),
  "serve",
];

export const temporaryDirectory = () => mkdtemp(path.join(tmpdir(), "selvedge-streams-"));

export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

export async function startServer({ dataDirectory, port, settings = {}, environment: more = {} }) {
  const url = `http://127.0.0.1:${port}`;
  const environment = Object.fromEntries(
    // What is tested here is the protocol; who may use it is tested elsewhere.
    Object.entries({ Auth: "none", CorsOrigins: "*", ...settings }).map(([name, value]) => [`SELVEDGE_STREAMS__${name.toUpperCase()}`, String(value)]),
  );
  const child = spawn(command[0], [...command.slice(1), "--urls", url, "--data-dir", dataDirectory], {
    // A directory without a build output, where the command serves streams alone.
    cwd: dataDirectory,
    env: { ...process.env, ...environment, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  const exited = once(child, "exit");

  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output}`);
    try {
      await fetch(`${url}/v1/stream/ready`, { method: "HEAD" });
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  return {
    url,
    pid: child.pid,
    async end(signal = "SIGTERM") {
      child.kill(signal);
      await exited;
    },
  };
}
