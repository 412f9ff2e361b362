// @ts-check
import { readFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { findNodeModule } from './node-modules.mjs';
import { define } from './realm.mjs';
import { Resolver } from './resolver.mjs';

/** What a CommonJS module finds around it. */
const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

/**
 * Loads the modules of an edge function into its realm: ES modules, CommonJS, WebAssembly (as a `WebAssembly.Module`) and JSON. Files
 * are read when they are linked, so nothing but linking and evaluating is asynchronous.
 */
export class ModuleLoader {
  #context;
  #resolver;

  /** @type {Map<string, vm.Module>} By path, or by name for modules of Node.js. */
  #modules = new Map();

  /** @type {Map<string, { exports: any }>} By path; those that are still running too, for cycles. */
  #required = new Map();

  /** Modules are linked one graph after the other, because two that share modules would link those twice. */
  #linking = Promise.resolve();

  /**
   * @param {string} root The function's directory.
   * @param {vm.Context} context
   */
  constructor(root, context) {
    this.#context = context;
    this.#resolver = new Resolver(root);
    // Bundles call it beside their `import`s.
    define(context, 'require', this.#requireFor(this.#resolver.root));
  }

  /**
   * Imports the function's own module, and all that it imports.
   * @param {string} handler The path in the directory.
   * @returns {Promise<object>} What it exports.
   */
  async importEntry(handler) {
    return (await this.#import(`/${handler}`, this.#resolver.root)).namespace;
  }

  /**
   * @param {string} specifier
   * @param {string} from The file that asks, or the function's directory.
   * @returns {Promise<vm.Module>}
   */
  async #import(specifier, from) {
    const module = this.#load(specifier, from);
    const linked = this.#linking.then(() => this.#link(module));
    this.#linking = linked.catch(() => {});
    await linked;
    await module.evaluate();
    return module;
  }

  /** @param {vm.Module} module */
  async #link(module) {
    if (module.status === 'unlinked') await module.link((specifier, { identifier }) => this.#load(specifier, identifier));
  }

  /**
   * The module that an ES module means.
   * @param {string} specifier
   * @param {string} from
   * @returns {vm.Module}
   */
  #load(specifier, from) {
    const ofNode = findNodeModule(specifier);
    const key = ofNode ? specifier : this.#resolver.resolve(specifier, from, 'import');
    let module = this.#modules.get(key);
    if (!module) {
      module = ofNode ? this.#synthetic(key, ofNode, Object.keys(ofNode)) : this.#read(key);
      this.#modules.set(key, module);
    }
    return module;
  }

  /**
   * @param {string} path
   * @returns {vm.Module}
   */
  #read(path) {
    const data = this.#readData(path);
    if (data) return this.#synthetic(path, data, []);

    const source = readFileSync(path, 'utf8');
    const run = this.#compileCommonJs(path, source);
    if (run) {
      // Only running it tells its exports' names, which linking needs.
      const exports = this.#run(path, run);
      return this.#synthetic(path, exports, Object.keys(exports ?? {}));
    }

    return new vm.SourceTextModule(source, {
      identifier: path,
      context: this.#context,
      initializeImportMeta: (meta) => void (meta.url = pathToFileURL(path).href),
      importModuleDynamically: (specifier) => this.#import(specifier, path),
    });
  }

  /**
   * @param {string} identifier
   * @param {any} value The default export.
   * @param {string[]} names The properties of it that are exports as well.
   */
  #synthetic(identifier, value, names) {
    const named = names.filter((name) => name !== 'default');
    return new vm.SyntheticModule(
      ['default', ...named],
      function () {
        this.setExport('default', value);
        for (const name of named) this.setExport(name, value[name]);
      },
      { identifier, context: this.#context },
    );
  }

  /**
   * What a file is that holds no code.
   * @param {string} path
   * @returns {object | undefined}
   */
  #readData(path) {
    switch (extname(path)) {
      case '.wasm':
        return new /** @type {any} */ (globalThis).WebAssembly.Module(readFileSync(path));
      case '.json':
        return vm.runInContext('JSON.parse', this.#context)(readFileSync(path, 'utf8'));
      default:
        return undefined;
    }
  }

  /**
   * Compiles a CommonJS module.
   * @param {string} path
   * @param {string} source
   * @returns {Function | undefined} Nothing if it is an ES module.
   */
  #compileCommonJs(path, source) {
    const extension = extname(path);
    const type = extension === '.cjs' ? 'commonjs' : extension === '.mjs' ? 'module' : this.#resolver.packageType(path);
    if (type === 'module') return undefined;
    try {
      return vm.compileFunction(source, PARAMETERS, {
        filename: path,
        parsingContext: this.#context,
        importModuleDynamically: (specifier) => this.#import(specifier, path),
      });
    } catch (error) {
      // Builders write ES modules without saying so, and those are no functions; the two are told apart as Node.js does it.
      if (type === 'commonjs') throw error;
      return undefined;
    }
  }

  /**
   * @param {string} path
   * @param {Function} run
   */
  #run(path, run) {
    const cached = this.#required.get(path);
    if (cached) return cached.exports;

    const module = vm.runInContext('({ exports: {} })', this.#context);
    this.#required.set(path, module);
    try {
      run.call(module.exports, module.exports, this.#requireFor(path), module, path, dirname(path));
    } catch (error) {
      this.#required.delete(path);
      throw error;
    }
    return module.exports;
  }

  /** @param {string} from */
  #requireFor(from) {
    return (/** @type {string} */ specifier) => {
      const ofNode = findNodeModule(specifier);
      if (ofNode) return ofNode;

      const path = this.#resolver.resolve(specifier, from, 'require');
      const cached = this.#required.get(path);
      if (cached) return cached.exports;

      const data = this.#readData(path);
      if (data) {
        this.#required.set(path, { exports: data });
        return data;
      }

      const run = this.#compileCommonJs(path, readFileSync(path, 'utf8'));
      if (!run) throw new Error(`'${specifier}' is an ES module, which cannot be required; import it.`);
      return this.#run(path, run);
    };
  }
}
