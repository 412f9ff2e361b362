import { redirect } from 'next/navigation';

async function submit(form) {
  'use server';
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
