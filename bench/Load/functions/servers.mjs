// Starts what is measured.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as servers from '../servers.mjs';
import { configs, sources } from './handlers.mjs';

const work = mkdtempSync(join(tmpdir(), 'selvedge-functions-'));
export function build() {
  const project = join(servers.root, 'src/Selvedge.Cli/Selvedge.Cli.csproj');
  execFileSync('dotnet', ['build', '-c', 'Release', '--nologo', '-v', 'quiet', project], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const [kind, source] of Object.entries(sources)) writeFileSync(join(work, `${kind}.mjs`), source);
}

export function startSelvedge({ copies, node, directory = writeOutput(copies) }) {
  return servers.startSelvedge(directory, mkdtempSync(join(work, 'data-')), { SELVEDGE_FUNCTIONS__NODEPATH: node });
}

export function startBare(kind, node) {
  const program = fileURLToPath(new URL('bare.mjs', import.meta.url));
  return servers.start(node, [program, kind, join(work, `${kind}.mjs`)], (line) => /^http\S+/.exec(line)?.[0], { NODE_ENV: 'production' });
}

/** Ends everything, and removes what was written. */
export async function stopAll() {
  await servers.stopAll();
  rmSync(work, { recursive: true, force: true });
}

/** A build output with as many functions of each kind, all the same. */
function writeOutput(copies) {
  const output = join(work, 'output');
  for (const kind of Object.keys(sources))
    for (let copy = 0; copy < copies; copy++) {
      const directory = join(output, 'functions', `${kind}${copy}.func`);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, '.vc-config.json'), JSON.stringify(configs[kind]));
      writeFileSync(join(directory, 'index.mjs'), sources[kind]);
    }
  writeFileSync(join(output, 'config.json'), JSON.stringify({ version: 3, routes: [{ handle: 'filesystem' }] }));
  return output;
}
