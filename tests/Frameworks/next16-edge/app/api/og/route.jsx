import { ImageResponse } from 'next/og';

export const runtime = 'edge';

/** Draws with a font and two WebAssembly modules, which the build puts beside the function. */
export function GET() {
  return new ImageResponse(<div style={{ display: 'flex', fontSize: 48 }}>Selvedge</div>, { width: 120, height: 63 });
}
