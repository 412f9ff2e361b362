import { redirect } from '@sveltejs/kit';

export const actions = {
  save: ({ cookies }) => {
    cookies.set('saved', 'yes', { path: '/' });
    redirect(303, '/items/7');
  },
};
