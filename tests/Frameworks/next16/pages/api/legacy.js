import { waitFor } from '../../components/waitFor.js';

/** Uses the request and response helpers that Next gives API routes. With `until` it waits until that URL answers. */
export default async function legacy(req, res) {
  if (req.query.until) await waitFor(req.query.until);
  res.setHeader('x-legacy-api', 'yes');
  res.status(req.method === 'POST' ? 201 : 200).json({
    method: req.method,
    query: req.query,
    cookies: req.cookies,
    body: req.body || null,
    process: process.pid,
  });
}
