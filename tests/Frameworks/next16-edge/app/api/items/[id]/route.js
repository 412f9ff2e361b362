export const runtime = 'edge';

export async function GET(request, { params }) {
  return Response.json(await params);
}
