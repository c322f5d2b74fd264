import { afterUpdate } from './after-update.js'
import type { LatePanel } from './late-panel.js'
import type { Row } from './rows.js'

/** Rows that come or go at once, and the most that are drawn. */
const STEP = 20
const MOST = 3 * STEP
/** Nearer than this to where what is drawn ends, more is drawn. */
const NEAR_PX = 800
/** What a row is taken to be high before it was ever drawn. */
const UNDRAWN_PX = 48

/**
 * Draws of a long thread only what is near the reader. The scroller is a reversed column, so what is left out above
 * needs nothing in its place; what is left out below is a spacer as high as its rows were.
 */
export function keepShort(panel: LatePanel): () => void {
  const { thread } = panel
  const scroller = thread.scroller!
  const spacer = Object.assign(document.createElement('i'), { className: 'spacer' })
  // the first child of a reversed column is its end
  scroller.prepend(spacer)
  /** Rows left out below, in the order in which they will come back from the end of the list. */
  let below: { count: number; heightPx: number }[] = []
  let drawn = 2 * STEP
  let first = 0
  let lastKey = ''
  let shown: unknown = null

  const total = (of: 'count' | 'heightPx') => below.reduce((sum, part) => sum + part[of], 0)

  thread.slice = (rows: Row[]) => {
    if (shown !== panel.conversation) [shown, below, drawn, lastKey] = [panel.conversation, [], 2 * STEP, '']
    // what comes while one reads above stays below
    const news = below.length ? rows.length - 1 - rows.findLastIndex(({ key }) => key === lastKey) : 0
    if (news > 0 && news < rows.length) below.unshift({ count: news, heightPx: news * UNDRAWN_PX })
    lastKey = rows.at(-1)?.key ?? ''
    const end = rows.length - total('count')
    first = Math.max(0, end - drawn)
    spacer.style.height = below.length ? `${total('heightPx')}px` : ''
    thread.toggleAttribute('cut', first > 0)
    return rows.slice(first, end)
  }

  /** Leaves out as much below as was added above, where that is not about to be read. */
  const leaveOutBelow = (underPx: number) => {
    const rows = [...thread.renderRoot.querySelectorAll('.rows > div')]
    const [last, before] = [rows.at(-1), rows.at(-1 - STEP)]
    if (!last || !before) return
    const heightPx = last.getBoundingClientRect().bottom - before.getBoundingClientRect().bottom
    // else it would come back at once, for ever
    if (underPx - heightPx < 2 * NEAR_PX) return
    below.push({ count: STEP, heightPx })
    drawn -= STEP
  }
  const look = () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller
    const before = `${drawn} ${below.length}`
    let under = -scrollTop - total('heightPx')
    while (below.length && under < NEAR_PX) {
      const { count, heightPx } = below.pop()!
      under += heightPx
      drawn = Math.min(MOST, drawn + count)
    }
    if (first > 0 && scrollHeight - clientHeight + scrollTop < NEAR_PX) {
      drawn += STEP
      if (drawn > MOST) leaveOutBelow(under)
    }
    if (before !== `${drawn} ${below.length}`) thread.requestUpdate()
  }

  scroller.addEventListener('scroll', look, { passive: true })
  thread.requestUpdate()
  return afterUpdate(thread, look)
}
