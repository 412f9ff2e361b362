// Runs wrk and reads what it prints.
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const milliseconds = { us: 0.001, ms: 1, s: 1000, m: 60_000 };
const megabytes = { B: 1e-6, KB: 1.024e-3, MB: 1.048576, GB: 1073.741824 };

/** Sends one kind of request to several paths in turn, as fast as the answers come. */
export async function wrk({ url, paths, method, headers = {}, body, connections, seconds }) {
  const script = path.join(tmpdir(), `streams-load-${process.pid}.lua`);
  const lines = [
    `local paths = { ${paths.map((p) => JSON.stringify(p)).join(", ")} }`,
    `local headers = { ${Object.entries(headers).map(([name, value]) => `[${JSON.stringify(name)}] = ${JSON.stringify(value)}`).join(", ")} }`,
    `local body = ${body === undefined ? "nil" : `string.rep(${JSON.stringify(body.unit)}, ${body.count})${body.wrap ? ` body = "[" .. string.sub(body, 1, -2) .. "]"` : ""}`}`,
    `local n = 0`,
    `request = function() n = n % #paths + 1 return wrk.format(${JSON.stringify(method)}, paths[n], headers, body) end`,
  ];
  await writeFile(script, lines.join("\n"));
  const child = spawn("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", "-s", script, url]);
  let text = "";
  child.stdout.on("data", (data) => (text += data));
  child.stderr.on("data", (data) => (text += data));
  await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));

  const [, p99, unit] = /^\s+99%\s+([\d.]+)(us|ms|s|m)$/m.exec(text) ?? [];
  const [, rate, rateUnit] = /Transfer\/sec:\s+([\d.]+)(B|KB|MB|GB)/.exec(text) ?? [];
  const failed = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0);
  if (failed > 0) console.error(`  ${failed} requests were refused`);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1] ?? 0),
    p99: p99 ? p99 * milliseconds[unit] : NaN,
    megabytesPerSecond: rate ? rate * megabytes[rateUnit] : 0,
  };
}
