// @ts-check
import { STATUS_CODES, ServerResponse } from 'node:http';

/**
 * Every request comes with a number, as the first segment of its target, and its response goes with the same number, as its reason
 * phrase. So the server knows what answers a request from what a function wrote to the connection for an earlier one.
 */
const ECHO = Symbol('echo');

/** A slash and sixteen digits. */
const LENGTH = 17;

/**
 * Takes the number off a request, and keeps it for the response.
 * @param {import('node:http').IncomingMessage} request
 * @param {any} response
 */
export function takeEcho(request, response) {
  const url = /** @type {string} */ (request.url);
  response[ECHO] = url.slice(1, LENGTH);
  request.url = url.slice(LENGTH);
}

/**
 * Makes responses go with their requests' numbers. On the prototype and not on each response, because frameworks put prototypes of their
 * own between the two; a response that is none of ours is left alone.
 */
export function installEcho() {
  const writeHead = /** @type {Function} */ (ServerResponse.prototype.writeHead);
  /**
   * @this {any}
   * @param {number} status
   * @param {any} [reason]
   * @param {any} [headers]
   */
  ServerResponse.prototype.writeHead = function (status, reason, headers) {
    const echo = this[ECHO];
    if (echo === undefined) return writeHead.call(this, status, reason, headers);
    const message = typeof reason === 'string' ? reason : this.statusMessage;
    writeHead.call(this, status, echo, typeof reason === 'string' ? headers : (headers ?? reason));
    this.statusMessage = message ?? STATUS_CODES[this.statusCode];
    return this;
  };
}
