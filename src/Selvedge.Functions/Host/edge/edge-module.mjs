// @ts-check
import { createFetch } from './fetch.mjs';
import { ModuleLoader } from './module-loader.mjs';
import { createRealm } from './realm.mjs';

/**
 * @typedef {object} EdgeSpec What the function's configuration says of its code.
 * @property {string} directory
 * @property {string} handler The module, relative to the directory.
 * @property {Record<string, string>} [assets] Files that the function fetches by name, relative to the directory.
 */

/**
 * Imports an edge function's module in a realm of its own: the web's globals, and Node.js's only where the edge runtime has them.
 * @param {EdgeSpec} spec
 * @returns {Promise<object>} What the module exports.
 */
export async function importEdgeModule(spec) {
  const realm = createRealm({ env: process.env, fetch: createFetch(spec.directory, spec.assets ?? {}) });
  const loader = new ModuleLoader(spec.directory, realm);
  return loader.importEntry(spec.handler);
}
