export const config = { runtime: 'edge' };

export default function handler(request) {
  return new Response(`legacy:${new URL(request.url).searchParams.get('q')}:${typeof EdgeRuntime}`);
}
