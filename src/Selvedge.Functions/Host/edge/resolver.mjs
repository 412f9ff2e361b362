// @ts-check
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exports as resolveExports, imports as resolveImports } from 'resolve.exports';
import { nodeModuleNames } from './node-modules.mjs';

/** @typedef {'import' | 'require'} Mode How a module is asked for. */

/** What a specifier may leave out, as bundlers allow. */
const ENDINGS = ['', '.js', '.mjs', '.cjs', '.json', '/index.js', '/index.mjs', '/index.cjs'];

/**
 * The conditions that choose among what a package exports, the best first: those that Vercel bundles edge functions by, then those by
 * which its files may have been traced.
 * @type {Record<Mode, string[][]>}
 */
const CONDITIONS = {
  import: [
    ['edge-light', 'worker', 'browser', 'module', 'import'],
    ['node', 'import'],
    ['node', 'require'],
  ],
  require: [
    ['edge-light', 'worker', 'browser', 'require'],
    ['node', 'require'],
  ],
};

/** Finds the files that modules of a function import, in the function's directory and nowhere else. */
export class Resolver {
  /** @param {string} root The function's directory. */
  constructor(root) {
    /** Without symbolic links, as are all paths that are found. */
    this.root = realpathSync(root);
  }

  /**
   * @param {string} specifier
   * @param {string} from The file that asks, or the function's directory.
   * @param {Mode} mode
   * @returns {string}
   */
  resolve(specifier, from, mode) {
    const found = this.#find(specifier.replace(/\?.*$/, ''), from, mode);
    if (found) return found;
    const hint = /^[./#]/.test(specifier) ? '' : ` Of Node.js's modules, edge functions have ${nodeModuleNames}.`;
    throw new Error(`Cannot find '${specifier}', asked for by ${relative(this.root, from) || 'the function'}.${hint}`);
  }

  /**
   * What the nearest package.json says of the file's format.
   * @param {string} path
   * @returns {'module' | 'commonjs' | undefined}
   */
  packageType(path) {
    return this.#nearestPackage(path)?.manifest.type;
  }

  /**
   * @param {string} specifier
   * @param {string} from
   * @param {Mode} mode
   * @returns {string | undefined}
   */
  #find(specifier, from, mode) {
    if (specifier.startsWith('file:')) return this.#file(fileURLToPath(specifier));
    // An absolute path is one in the function: builders put wasm at /wasm.
    if (specifier.startsWith('/')) return this.#file(join(this.root, specifier));
    if (/^\.\.?(\/|$)/.test(specifier)) return this.#file(resolve(this.#directoryOf(from), specifier));
    return specifier.startsWith('#') ? this.#inOwnPackage(specifier, from, mode) : this.#inPackages(specifier, from, mode);
  }

  /**
   * @param {string} specifier Such as `#name`, which the package of the file maps.
   * @param {string} from
   * @param {Mode} mode
   */
  #inOwnPackage(specifier, from, mode) {
    const own = this.#nearestPackage(from);
    if (!own) return undefined;
    const targets = candidates((options) => resolveImports(own.manifest, specifier, options), mode);
    return firstOf(targets, (target) => this.#find(target, join(own.directory, 'package.json'), mode));
  }

  /**
   * @param {string} specifier Such as `name`, `name/sub` or `@scope/name`.
   * @param {string} from
   * @param {Mode} mode
   */
  #inPackages(specifier, from, mode) {
    const [, name, subpath] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [];
    if (!name) return undefined;
    return firstOf(this.#directoriesAbove(from), (directory) => {
      const home = join(directory, 'node_modules', name);
      if (!statSync(home, { throwIfNoEntry: false })?.isDirectory()) return undefined;
      const manifest = readManifest(home) ?? {};
      const targets = manifest.exports
        ? candidates((options) => resolveExports(manifest, `.${subpath}`, options), mode)
        : subpath
          ? [`.${subpath}`]
          : [mode === 'import' && manifest.module, manifest.main, '.'];
      return firstOf(targets, (target) => target && this.#file(join(home, target)));
    });
  }

  /** @param {string} from */
  *#directoriesAbove(from) {
    for (let at = this.#directoryOf(from); ; at = dirname(at)) {
      yield at;
      if (at === this.root) return;
    }
  }

  /** @param {string} from */
  #directoryOf(from) {
    return from === this.root ? from : dirname(from);
  }

  /** @param {string} from */
  #nearestPackage(from) {
    return firstOf(this.#directoriesAbove(from), (directory) => {
      const manifest = readManifest(directory);
      return manifest && { directory, manifest };
    });
  }

  /**
   * @param {string} path Perhaps without its ending.
   * @returns {string | undefined}
   */
  #file(path) {
    const found = firstOf(ENDINGS, (ending) => {
      return statSync(path + ending, { throwIfNoEntry: false })?.isFile() ? path + ending : undefined;
    });
    const real = found && realpathSync(found);
    if (real && !real.startsWith(this.root + sep)) throw new Error(`${found} is not in the function's directory.`);
    return real;
  }
}

/**
 * @param {(options: import('resolve.exports').Options) => string[] | void} find Throws if nothing fits.
 * @param {Mode} mode
 */
function* candidates(find, mode) {
  for (const conditions of CONDITIONS[mode]) {
    try {
      yield* find({ conditions, unsafe: true }) ?? [];
    } catch {
      // The next conditions may fit.
    }
  }
}

/**
 * @template T, R
 * @param {Iterable<T>} items
 * @param {(item: T) => R | undefined | false | ''} find
 * @returns {R | undefined}
 */
function firstOf(items, find) {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

/** @param {string} directory */
function readManifest(directory) {
  const path = join(directory, 'package.json');
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
