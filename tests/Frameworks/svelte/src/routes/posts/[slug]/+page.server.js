import { error } from '@sveltejs/kit';

export function load({ params, setHeaders }) {
  if (params.slug === 'unwritten') error(404, 'No such post');
  setHeaders({ 'cache-control': 'private, max-age=60', 'x-post': encodeURIComponent(params.slug) });
  return { slug: params.slug };
}
