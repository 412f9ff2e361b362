export const prerender = true;

export function GET() {
  return new Response('An endpoint that was asked at build time.\n', { headers: { 'content-type': 'text/plain' } });
}
