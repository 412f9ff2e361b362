// The clients of the collapse table: connections that are open before the burst, so that what is timed is the answer.

import { connect } from 'node:net';

/** Opens connections to a port of this machine. */
export async function openAll(port, count) {
  const sockets = [];
  // A hundred at a time: more than a server's backlog would be dropped and tried again a second later.
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(100, count - sockets.length) }, () => open(port));
    sockets.push(...(await Promise.all(some)));
  }
  return sockets;
}

/** Asks on every connection at once; the first may leave after some milliseconds. Resolves when the last has its answer. */
export async function burst(sockets, port, path, leaves) {
  const text = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
  const start = performance.now();
  const answers = sockets.map((socket) => read(socket, start));
  for (const socket of sockets) socket.write(text);
  if (leaves) setTimeout(() => sockets[0].destroy(), leaves);
  const results = await Promise.all(answers);
  return leaves ? results.slice(1) : results;
}

function open(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.on('error', reject);
  });
}

/** Reads one answer: its status, when its body began and when it was whole, in milliseconds from the start. */
function read(socket, start) {
  return new Promise((resolve) => {
    const result = { status: 'broken', first: NaN, done: NaN };
    let head = '';
    let left = Infinity;
    const end = () => {
      result.done = performance.now() - start;
      socket.removeAllListeners('data');
      socket.removeAllListeners('close');
      resolve(result);
    };
    const count = (length) => {
      if (length > 0 && Number.isNaN(result.first)) result.first = performance.now() - start;
      left -= length;
    };
    let tail = '';
    let chunked = false;
    socket.on('close', end);
    if (socket.destroyed) return end();
    socket.on('data', (bytes) => {
      if (left === Infinity && !chunked) {
        head += bytes.toString('latin1');
        const at = head.indexOf('\r\n\r\n');
        if (at < 0) return;
        const body = head.slice(at + 4);
        head = head.slice(0, at + 2).toLowerCase();
        result.status = Number(head.slice(9, 12));
        chunked = head.includes('transfer-encoding: chunked');
        const length = /\r\ncontent-length: *(\d+)/.exec(head);
        if (length) left = Number(length[1]);
        count(body.length);
        tail = body.slice(-5);
      } else {
        count(bytes.length);
        tail = chunked ? (tail + bytes.toString('latin1')).slice(-5) : '';
      }
      if (left === 0 || (chunked && tail === '0\r\n\r\n')) end();
    });
  });
}
