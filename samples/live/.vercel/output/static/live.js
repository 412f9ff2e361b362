// Follows a stream, and writes to it, over connections that may break at any moment.

const stream = '/v1/stream/thread';
const show = (id, text) => (document.querySelector(`#${id}`).textContent = text);

/** Waits a little, twice as long every time, so that a server that comes back is not run over by its readers. */
function patience() {
  let milliseconds = 100;
  return {
    wait: () => new Promise((resolve) => setTimeout(resolve, (milliseconds = Math.min(2 * milliseconds, 5000)) * Math.random())),
    restore: () => (milliseconds = 100),
  };
}

// Reading. An answer holds lines and the offset behind them, in one: so whatever was not received whole is asked for again, and nothing
// that was is asked for twice.
async function follow() {
  let [offset, cursor] = ['-1', ''];
  const { wait, restore } = patience();
  for (;;) {
    try {
      const query = new URLSearchParams({ offset, live: 'long-poll', ...(cursor && { cursor }) });
      const answer = await fetch(`${stream}?${query}`);
      if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
      const lines = answer.status === 200 ? await answer.json() : [];
      for (const line of lines) document.querySelector('#lines').append(Object.assign(document.createElement('li'), { textContent: line }));
      offset = answer.headers.get('stream-next-offset');
      cursor = answer.headers.get('stream-cursor');
      show('state', 'connected');
      show('cache', answer.headers.get('x-cache'));
      restore();
    } catch {
      show('state', 'connecting');
      await wait();
    }
  }
}

// Writing. Each line has a number of this page's own, so that the server recognises one that is sent again because its answer was lost.
const producer = crypto.randomUUID();
const unsent = [];
let sequence = 0;
let sending = false;

async function send() {
  if (sending) return;
  sending = true;
  const { wait, restore } = patience();
  while (unsent.length > 0) {
    show('unsent', unsent.length);
    try {
      const headers = { 'content-type': 'application/json', 'producer-id': producer, 'producer-epoch': 0, 'producer-seq': sequence };
      const answer = await fetch(stream, { method: 'POST', headers, body: JSON.stringify(unsent[0]) });
      if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
      unsent.shift();
      sequence++;
      restore();
    } catch {
      await wait();
    }
  }
  show('unsent', 0);
  sending = false;
}

document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  unsent.push(event.target.line.value);
  event.target.reset();
  send();
});

/** Makes the stream, or finds it made. */
async function open() {
  const { wait } = patience();
  for (;;) {
    try {
      const answer = await fetch(stream, { method: 'PUT', headers: { 'content-type': 'application/json' } });
      if (answer.ok) return;
    } catch {
      // The server is not there yet.
    }
    await wait();
  }
}

await open();
await follow();
