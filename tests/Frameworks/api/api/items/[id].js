export default function item(req, res) {
  res.json({ id: req.query.id, color: req.query.color ?? null });
}
