export const config = { runtime: 'edge' };

export function load({ params, url, locals, getClientAddress }) {
  const runtime = globalThis.EdgeRuntime ?? 'none';
  return { runtime, slug: params.slug, color: url.searchParams.get('color'), probe: locals.seen, address: getClientAddress() };
}

export const actions = {
  default: async ({ request }) => ({ thread: (await request.formData()).get('thread') }),
};
