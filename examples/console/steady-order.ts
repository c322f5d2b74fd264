/** Orders fresh rows as they were shown, new ones at the end: nothing moves under a pointer that is about to press. */
export function steadyOrder<T>(fresh: readonly T[], shown: readonly string[], idOf: (item: T) => string): T[] {
  const place = new Map(shown.map((id, index) => [id, index]))
  const placeOf = (item: T) => place.get(idOf(item)) ?? shown.length
  return [...fresh].sort((a, b) => placeOf(a) - placeOf(b))
}
