// @ts-check
/**
 * What passes over a link, in either direction: frames of eight bytes, little-endian, and the data behind those that carry some.
 *
 *     0        4        7      8
 *     ├ channel ┼ number ┼ kind ┤
 */

/** Bytes of a frame without its data. */
export const HEADER = 8;

/** As many bytes as the number says follow: the next ones of the channel. */
export const DATA = 0;

/** The sender has taken as many bytes of the channel as the number says, and the other side may send as many more. */
export const CREDIT = 1;

/** The server has opened the channel. */
export const OPEN = 2;

/**
 * The sender has closed the channel, and what still arrives for it is dropped. The number says how many bytes had arrived, modulo 2²⁴,
 * so that the other side knows of what it sent last whether anybody has seen it.
 */
export const CLOSE = 3;

/** How many bytes a side may send on a channel before the other has taken any. */
export const WINDOW = 256 * 1024;

/** The most data of one frame, so that channels take turns. */
export const MAX_DATA = 64 * 1024;
