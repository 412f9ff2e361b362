import { data, Form } from 'react-router';

export async function action({ request }) {
  const thread = (await request.formData()).get('thread');
  return thread ? { thread } : data({ missing: true }, { status: 422 });
}

export default function FormPage({ actionData }) {
  return (
    <Form method="post">
      <input name="thread" />
      <p>{`thread:${actionData?.thread ?? 'none'}`}</p>
    </Form>
  );
}
