for (const button of document.querySelectorAll('button')) {
  const output = button.parentElement.querySelector('pre');
  button.addEventListener('click', async () => {
    button.disabled = true;
    output.textContent = '';
    try {
      await (button.dataset.call ? call(button.dataset.call, output) : headers(button.dataset.headers, output));
    } catch (error) {
      output.textContent = String(error);
    } finally {
      button.disabled = false;
    }
  });
}

/** Shows a body as it arrives; JSON is laid out once it is whole. */
async function call(url, output) {
  const response = await fetch(url);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) output.textContent += part.value;
  if (response.headers.get('content-type')?.startsWith('application/json'))
    output.textContent = JSON.stringify(JSON.parse(output.textContent), null, 2);
}

async function headers(url, output) {
  const response = await fetch(url, { method: 'HEAD', cache: 'no-store' });
  output.textContent = ['x-woven-by', 'cache-control', 'etag', 'x-vercel-cache']
    .map((name) => `${name}: ${response.headers.get(name) ?? '(not sent)'}`)
    .join('\n');
}
