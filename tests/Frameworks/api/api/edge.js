import { handle } from '../lib/handle.js';

export const config = { runtime: 'edge' };

export default (request) => handle(request, EdgeRuntime ? 'edge' : 'not the edge');
