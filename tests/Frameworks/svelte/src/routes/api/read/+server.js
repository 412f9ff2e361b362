import { read } from '$app/server';
import cloth from '$lib/cloth.svg?no-inline';

/** Reads a file of the build. */
export const GET = () => read(cloth);
