import { read } from '$app/server';
import cloth from '$lib/cloth.svg?no-inline';

export const config = { runtime: 'edge' };

/** Reads a file of the build: at the edge that is a request to the site itself. */
export const GET = () => read(cloth);
