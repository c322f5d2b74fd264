/** How many each widget of the page has to tell. */
const counts = new Map<object, number>()
let own = ''
let written = ''
let watch: MutationObserver | null = null

const total = () => [...counts.values()].reduce((sum, count) => sum + count, 0)

/** The title as the page has it, without a count. */
export const pageTitle = (): string => (written && document.title === written ? own : document.title)

/** Tells `count` before the page's title; 0 gives it back as it was. A page that takes the count away is let be. */
export function countInTitle(teller: object, count: number): void {
  if (count === (counts.get(teller) ?? 0)) return
  if (count) counts.set(teller, count)
  else counts.delete(teller)
  write(pageTitle())
}

function write(title: string): void {
  const count = total()
  const isOurs = written !== '' && document.title === written
  own = title
  written = count ? `(${count}) ${title}` : ''
  if (count ? document.title !== written : isOurs) document.title = written || own
  if (count && !watch) {
    watch = new MutationObserver(follow)
    watch.observe(document.head, { childList: true, subtree: true, characterData: true })
  } else if (!count) {
    watch?.disconnect()
    watch = null
  }
}

function follow(): void {
  const now = document.title
  if (now !== written && now !== own) write(now)
}
