import { json } from '@sveltejs/kit';

export const config = { runtime: 'edge' };

export const GET = ({ params }) => json({ id: params.id });
