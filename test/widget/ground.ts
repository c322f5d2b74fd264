/** The runner's globals, by import like everywhere else. */
const runner = globalThis as unknown as {
  test(title: string, run: (this: { timeout(ms: number): void }) => void | Promise<void>): void
  teardown(run: () => void | Promise<void>): void
}
export const { test, teardown } = runner

export function equal(actual: unknown, expected: unknown): void {
  const [left, right] = [actual, expected].map((value) => JSON.stringify(value) ?? String(value))
  if (left !== right) throw new Error(`expected ${right}, got ${left}`)
}

/** Waits until `read` gives something other than null, undefined or false. */
export async function until<T>(read: () => T | Promise<T>, what = String(read)): Promise<NonNullable<T>> {
  const end = performance.now() + 4_000
  for (;;) {
    const found = await read()
    if (found !== null && found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}

/** All elements that match in the shadow tree of `root` (or below it, where it has none) and the trees below that, in order. */
export function findAll(root: ParentNode, selector: string): HTMLElement[] {
  const tree = (root as Element).shadowRoot ?? root
  return [...tree.querySelectorAll<HTMLElement>('*')].flatMap((element) => [
    ...(element.matches(selector) ? [element] : []),
    ...(element.shadowRoot ? findAll(element, selector) : []),
  ])
}

export function find(root: ParentNode, selector: string): HTMLElement {
  const found = findAll(root, selector)[0]
  if (!found) throw new Error(`there is no ${selector}`)
  return found
}

export const textsOf = (root: ParentNode, selector: string): string[] =>
  findAll(root, selector).map((element) => element.textContent!.trim())

/** What has the focus, through shadow trees. */
export function focused(root: Document | ShadowRoot = document): Element | null {
  const active = root.activeElement
  return active?.shadowRoot?.activeElement ? focused(active.shadowRoot) : active
}
