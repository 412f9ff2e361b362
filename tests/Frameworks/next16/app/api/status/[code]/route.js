/** Answers with the status it is asked for, and with a body where the status allows one. */
export async function GET(request, { params }) {
  const code = Number((await params).code);
  const empty = code === 204 || code === 304;
  return new Response(empty ? null : `status:${code}`, { status: code });
}
