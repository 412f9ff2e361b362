import { fail } from '@sveltejs/kit';

export const actions = {
  default: async ({ request }) => {
    const thread = (await request.formData()).get('thread');
    return thread ? { thread } : fail(422, { missing: true });
  },
};
