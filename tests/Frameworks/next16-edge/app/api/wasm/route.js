import wasm from '../../../lib/add.wasm?module';

export const runtime = 'edge';

export async function GET() {
  const { exports } = await WebAssembly.instantiate(wasm, {});
  return new Response(String(exports.add(40, 2)));
}
