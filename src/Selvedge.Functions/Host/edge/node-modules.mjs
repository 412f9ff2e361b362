// @ts-check
import assert from 'node:assert';
import asyncHooks from 'node:async_hooks';
import buffer from 'node:buffer';
import events from 'node:events';
import util from 'node:util';

/** @type {Map<string, any>} */
const modules = new Map(Object.entries({ assert, async_hooks: asyncHooks, buffer, events, util }));

/**
 * Finds one of the few modules of Node.js that the edge runtime has.
 * @param {string} specifier With `node:` or without.
 */
export const findNodeModule = (specifier) => modules.get(specifier.replace(/^node:/, ''));

/** Those that there are, for messages. */
export const nodeModuleNames = [...modules.keys()].join(', ');
