import { writeFileSync } from 'node:fs';

// Three megabytes in which every 64-byte line says where it stands, so that a range can be checked by reading it.
const lineLength = 64;
const lines = (3 * 1024 * 1024) / lineLength;
let text = '';
for (let line = 0; line < lines; line++) text += String(line * lineLength).padStart(lineLength - 1, '.') + '\n';
writeFileSync(new URL('public/large.bin', import.meta.url), text);
