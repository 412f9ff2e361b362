import { updateTag } from 'next/cache';
import { redirect } from 'next/navigation';

async function submit(form) {
  'use server';
  updateTag(form.get('tag'));
  redirect(form.get('then'));
}

/** A form that works without JavaScript: it updates a tag and leads to a page. */
export default function Action() {
  return (
    <form action={submit}>
      <input name="tag" defaultValue="stamp-home" />
      <input name="then" defaultValue="/" />
      <button>Send</button>
    </form>
  );
}
