#!/usr/bin/env node
// node test.mjs [RESULTS.json]: runs everything here, and writes the results where asked.
import { spawnSync } from 'node:child_process';

const [file] = process.argv.slice(2);
const reporters = file ? ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`] : [];
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...reporters], { stdio: 'inherit' });
process.exit(status ?? 1);
