export function load({ params, url }) {
  return { id: params.id, color: url.searchParams.get('color') ?? 'none' };
}
