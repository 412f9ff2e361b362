import { updateTag } from 'next/cache';
import { redirect } from 'next/navigation';

async function submit(form) {
  'use server';
  updateTag(form.get('tag'));
  redirect(`/tagged/${form.get('tag')}`);
}

/** A form that updates a tag and leads to the page that is kept under it. */
export default function Update() {
  return (
    <form action={submit}>
      <input name="tag" />
      <button>Send</button>
    </form>
  );
}
