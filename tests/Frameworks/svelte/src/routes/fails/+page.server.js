export function load() {
  throw new Error('This page always fails.');
}
