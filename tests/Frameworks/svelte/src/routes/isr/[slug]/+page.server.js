export const config = { isr: { expiration: 60, allowQuery: ['color'] } };

export function load({ params, url }) {
  return { slug: params.slug, color: url.searchParams.get('color') ?? 'none', render: crypto.randomUUID() };
}
