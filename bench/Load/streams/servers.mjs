// Starts the servers that are measured.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../servers.mjs";

const here = import.meta.dirname;
const selvedge = path.join(here, "../../../src/Selvedge.Cli/bin/Release/net10.0/selvedge.dll");
const settings = { SELVEDGE_STREAMS__LONGPOLLTIMEOUT: "00:00:30", SELVEDGE_STREAMS__AUTH: "none", DOTNET_gcServer: "0" };

export const kinds = {
  "selvedge": (port, directory) => ["dotnet", [selvedge, "serve", "--urls", `http://127.0.0.1:${port}`, "--data-dir", directory], settings],
  "selvedge-memory": (port, directory) => [
    "dotnet",
    [selvedge, "serve", "--urls", `http://127.0.0.1:${port}`, "--data-dir", directory],
    { ...settings, SELVEDGE_STREAMS__INMEMORY: "true" },
  ],
  "node-file": (port, directory) => ["node", [path.join(here, "reference.mjs")], { PORT: port, DATA_DIR: directory }],
  "node-memory": (port) => ["node", [path.join(here, "reference.mjs")], { PORT: port }],
};

export async function start(kind) {
  const port = await freePort();
  const directory = await mkdtemp(path.join(tmpdir(), "streams-load-"));
  const [command, args, environment] = kinds[kind](port, directory);
  const child = spawn(command, args, { cwd: directory, env: { ...process.env, ...environment }, stdio: ["ignore", "ignore", "inherit"] });
  const url = `http://127.0.0.1:${port}/v1/stream/`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${kind} ended with ${child.exitCode}`);
    try {
      await fetch(`${url}ready`, { method: "HEAD" });
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  return {
    url,
    pid: child.pid,
    async stop() {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
