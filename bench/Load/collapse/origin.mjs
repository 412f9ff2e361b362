// The origin of the collapse table, a process of its own. It thinks for a second (six tenths under /hit600/) and then does what the
// first segment of the path says. It tells its parent how often a path was asked for.

import { createServer } from 'node:net';

const asked = new Map();
const large = Buffer.alloc(20 * 1024 * 1024, 'x');
const kibibyte = 'x'.repeat(1024);
const heads = {
  hit: 'HTTP/1.1 200 OK\r\nCache-Control: max-age=60',
  hit600: 'HTTP/1.1 200 OK\r\nCache-Control: max-age=60',
  nc: 'HTTP/1.1 200 OK\r\nCache-Control: no-store',
  cookie: 'HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nSet-Cookie: id=1',
  err: 'HTTP/1.1 503 Service Unavailable',
};

// Bytes on a socket: what parses a thousand requests at once must not be what is measured.
const server = createServer({ noDelay: true }, (socket) => {
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      answer(socket, text.slice(0, end).split(' ', 2)[1]);
      text = text.slice(end + 4);
    }
  });
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => process.send({ port: server.address().port }));
process.on('message', (path) => process.send({ asked: asked.get(path) ?? 0 }));
process.on('disconnect', () => process.exit());

function answer(socket, path) {
  asked.set(path, (asked.get(path) ?? 0) + 1);
  const kind = path.split('/')[1];
  if (kind === 'stream') {
    socket.write(`${heads.hit}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    return sendPieces(socket, 10);
  }
  if (kind === 'large') {
    socket.write(`${heads.hit}\r\nContent-Length: ${large.length}\r\n\r\n`);
    return socket.write(large);
  }
  setTimeout(
    () => socket.write(`${heads[kind]}\r\nContent-Length: ${kibibyte.length}\r\n\r\n${kibibyte}`),
    kind === 'hit600' ? 600 : 1000,
  );
}

function sendPieces(socket, left) {
  if (left === 0) return socket.write('0\r\n\r\n');
  socket.write(`400\r\n${kibibyte}\r\n`);
  setTimeout(sendPieces, 100, socket, left - 1);
}
