// @ts-check

/**
 * What somebody can do about a function whose modules do not load. A builder copies the files that it sees imported, and Node.js 20.19
 * and later import others than what builders see under Node.js 20: those that packages export by `module-sync`.
 * @param {unknown} error
 * @returns {string} A sentence to add to the error, or nothing.
 */
export function adviceOn(error) {
  const { code, message } = /** @type {{ code?: unknown, message?: unknown }} */ (error ?? {});
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return '';
  return /[\\/]node_modules[\\/]/.test(String(message)) ? '\nThe build has left that file out. If it was made with Node.js 20, make it with Node.js 22 or later.' : '';
}
