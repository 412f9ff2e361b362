/** Revalidates the page at the path in `path`. */
export default async function revalidate(req, res) {
  try {
    await res.revalidate(req.query.path, { unstable_onlyGenerated: req.query.only === 'generated' });
    res.json({ revalidated: true });
  } catch (error) {
    res.status(500).json({ error: error.message });
  }
}
