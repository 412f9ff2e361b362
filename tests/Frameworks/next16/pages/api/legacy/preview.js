/** Turns preview on, or with `?off` off. */
export default function preview(req, res) {
  if ('off' in req.query) res.clearPreviewData();
  else res.setPreviewData({ by: 'the test' });
  res.status(204).end();
}
