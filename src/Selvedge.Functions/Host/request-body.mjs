// @ts-check

/**
 * Reads a request's body whole and puts it back, so that what reads the request afterwards, in whatever way, finds it untouched.
 * @param {import('node:http').IncomingMessage} req
 * @returns {Promise<Buffer>}
 */
export async function bufferBody(req) {
  /** @type {Buffer[]} */
  const chunks = [];
  await new Promise((resolve, reject) => {
    const read = () => {
      for (let chunk = req.read(); chunk !== null; chunk = req.read()) chunks.push(chunk);
      // Once 'end' is out nothing can be put back. It is due in the next tick and only if the stream is still empty by then,
      // so the body returns in the very tick in which its end is met.
      if (req.complete) settle(resolve);
    };
    const close = () => settle(() => reject(new Error('The client went away before its body was complete.')));
    const settle = (/** @type {(value?: any) => void} */ done) => {
      req.off('readable', read).off('close', close).off('end', read);
      if (req.complete && chunks.length > 0) req.unshift(Buffer.concat(chunks));
      done();
    };
    req.on('readable', read).on('close', close).on('end', read);
  });
  // The stream notices a tick later that nobody listens to 'readable' any more, and only then flows for a 'data' listener.
  await new Promise((resolve) => process.nextTick(resolve));
  return Buffer.concat(chunks);
}
