import { request } from 'node:http';

/**
 * Asks a URL of the test, past every cache that Next puts in front of `fetch`.
 * @returns The text of the answer.
 */
export function ask(url) {
  return new Promise((resolve, reject) => {
    request(url, async (response) => {
      let text = '';
      for await (const piece of response.setEncoding('utf8')) text += piece;
      resolve(text);
    })
      .on('error', reject)
      .end();
  });
}
