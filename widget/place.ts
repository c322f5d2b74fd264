/** An element of its own between thread and composer; the nearer to the composer, the later it was asked for. */
export function placeAbove(composer: Element, className: string): HTMLElement {
  const place = Object.assign(document.createElement('div'), { className })
  composer.before(place)
  return place
}
