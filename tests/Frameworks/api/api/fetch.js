import { handle } from '../lib/handle.js';

/** The shape with one `fetch` for every method. */
export default { fetch: (request) => handle(request, 'fetch') };
