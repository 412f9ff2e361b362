#!/usr/bin/env node
// Builds an app of tests/Frameworks with the real tool chain:  node eng/build-framework.mjs next16
//
// It installs what is missing, runs `vercel build`, and does nothing when neither the app nor the tools have changed since the
// last build. `vercel build` needs no account and no network: the app's .vercel/project.json names the framework and turns the
// CLI's own install step off.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const frameworks = fileURLToPath(new URL('../tests/Frameworks/', import.meta.url));
const tools = join(frameworks, 'tools');
const apps = readdirSync(frameworks, { withFileTypes: true })
  .filter((entry) => existsSync(join(frameworks, entry.name, '.vercel', 'project.json')))
  .map((entry) => entry.name);

const [name] = process.argv.slice(2);
if (name === '--list') {
  console.log(apps.join('\n'));
  process.exit(0);
}

if (!apps.includes(name)) {
  console.error(`Usage: node eng/build-framework.mjs APP, where APP is one of: ${apps.join(', ')}`);
  process.exit(2);
}

const app = join(frameworks, name);
const stamp = join(app, '.vercel', 'built-from');

// Where the app's external rewrites lead. A build fixes that, so the port cannot be left to the system. Each checkout has its
// own, for two may be tested at once; and all lie below the range from which Linux gives out ports.
const port = 20_000 + (createHash('sha256').update(app).digest().readUInt32BE() % 10_000);
const externalOrigin = `http://127.0.0.1:${port}`;

install(tools);
install(app);

// An app that a newer Node has to build depends on it. What it builds runs on any that is supported.
const ownNode = join(app, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
const node = existsSync(ownNode) ? ownNode : process.execPath;
build();

/** Installs what the lock file names, unless that is what is there. */
function install(directory) {
  const wanted = packages(directory);
  if (installed(directory) === wanted) return;
  const twin = apps.map((other) => join(frameworks, other)).find((other) => installed(other) === wanted);
  if (twin && link(join(twin, 'node_modules'), join(directory, 'node_modules'))) return;

  console.log(`Installing the packages of ${relative(process.cwd(), directory) || directory}`);
  // Not `npm ci`: it refuses a lock file that lacks optional packages of other platforms, and not every mirror holds those.
  run('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], directory);
  writeFileSync(join(directory, 'node_modules', '.installed-from'), wanted);
}

/** What an install depends on: the packages that the lock file names, whatever the app itself is called. */
function packages(directory) {
  const { packages } = JSON.parse(readFileSync(join(directory, 'package-lock.json'), 'utf8'));
  delete packages[''].name;
  return createHash('sha256').update(JSON.stringify(packages)).digest('hex');
}

function installed(directory) {
  return read(join(directory, 'node_modules', '.installed-from'));
}

/** Gives an app the packages of another that has the same ones, as hard links: seconds and megabytes less than an install. */
function link(from, to) {
  console.log(`Sharing the packages of ${relative(process.cwd(), from)}`);
  rmSync(to, { recursive: true, force: true });
  try {
    linkTree(from, to);
    // Last, so that only a whole tree says what it was installed from.
    copyFileSync(join(from, '.installed-from'), join(to, '.installed-from'));
    return true;
  } catch (error) {
    // A file system without hard links, for example. What was linked is no install.
    console.log(`They cannot be shared: ${error.message}`);
    rmSync(to, { recursive: true, force: true });
    return false;
  }
}

function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    // What tools keep for themselves is not shared, for they write it in place.
    if (entry.name === '.cache' || entry.name === '.installed-from') continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
  }
}

/** Builds the app, unless the build that is there came from the same sources. */
function build() {
  if (existsSync(join(app, '.vercel', 'output', 'config.json')) && read(stamp) === sources()) {
    console.log(`${name} is built already`);
    return;
  }

  console.log(`Building ${name}`);
  rmSync(stamp, { force: true });
  run(node, [join(tools, 'node_modules', 'vercel', 'dist', 'vc.js'), 'build', '--yes', '--prod'], app, { PATH: `${dirname(node)}${delimiter}${process.env.PATH}` });
  // Taken after the build, so that what the build itself generates among the sources counts as built.
  mkdirSync(join(app, '.vercel'), { recursive: true });
  writeFileSync(stamp, sources());
}

/** One digest of everything a build depends on. */
function sources() {
  const files = [join('.vercel', 'project.json'), ...walk(app)].sort();
  return createHash('sha256')
    .update(digest(app, files))
    .update(digest(tools, ['package-lock.json']))
    .update(`${process.version} ${externalOrigin}`)
    .digest('hex');
}

function* walk(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield relative(app, path);
  }
}

function digest(directory, files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(directory, file))).update('\0');
  return hash.digest('hex');
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function run(command, args, cwd, environment = {}) {
  const settings = {
    ASTRO_TELEMETRY_DISABLED: '1',
    CI: '1',
    EXTERNAL_ORIGIN: externalOrigin,
    NEXT_TELEMETRY_DISABLED: '1',
    // The CLI runs npm for functions outside of a framework; whatever npm's settings are, it is not to rewrite a lock file.
    NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED: 'true',
    NUXT_TELEMETRY_DISABLED: '1',
    VERCEL_TELEMETRY_DISABLED: '1',
  };
  const result = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...settings, ...environment } });
  if (result.error) console.error(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) {
    console.error(`${name}: "${command} ${args.join(' ')}" failed in ${cwd}`);
    process.exit(1);
  }
}
