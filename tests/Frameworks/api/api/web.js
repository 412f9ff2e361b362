import { handle } from '../lib/handle.js';

/** The shape with one export for each method. */
export const GET = (request) => handle(request, 'web');
export const POST = (request) => handle(request, 'web');
