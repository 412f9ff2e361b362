// @ts-check

let highest = 0;

/**
 * The highest position in the server's log of revalidations that this process has heard of. The log stands there or further on, so
 * whatever begins now may be said to have begun here: at worst it counts as older than it is.
 */
export const knownPosition = () => highest;

/** @param {number} position */
export function learnPosition(position) {
  if (position > highest) highest = position;
}
