import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';

async function submit(form) {
  'use server';
  revalidatePath('/isr');
  redirect(`/posts/${form.get('name')}`);
}

/** A form that works without JavaScript: the browser posts it as multipart to the page's own address. */
export default function Action() {
  return (
    <form action={submit}>
      <input name="name" defaultValue="weaver" />
      <button>Send</button>
    </form>
  );
}
