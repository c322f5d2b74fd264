import { html, type TemplateResult } from 'lit'
import type { ParleyThread } from './thread.js'

// a pair of marks, a link, or a line that begins as headings, quotes, lists, code and tables do
const MARKDOWN =
  /(\*|`|~~)\S[^]*?\1|(?:^|\W)_\S[^]*?_|\]\s?[([:]|^ {0,3}(?:#{1,6}|>|[-+*]|\d{1,9}[.)])\s|^ {0,3}(?:>|~~~)|\|\s*:?-+:?\s*\|/m
const ONE_EMOJI =
  '(?:\\p{RI}{2}|[#*\\d]\\uFE0F?\\u20E3|\\p{ExtPict}[\\uFE0F\\p{EMod}\\u{E0020}-\\u{E007F}]*(?:\\u200D\\p{ExtPict}[\\uFE0F\\p{EMod}]*)*)'
const FEW_EMOJI = new RegExp(`^(?:${ONE_EMOJI}\\s?){1,3}$`, 'u')
/** Bodies kept as drawn; beyond, all are drawn anew once. */
const MAX_KEPT = 500

/** What stands for the body with this key when it is more than plain text: one to three emoji, or markdown once its chunk is there. */
export type RichText = (key: string, body: string) => TemplateResult | Node | undefined

export const looksLikeMarkdown = (body: string): boolean => MARKDOWN.test(body)

export function richText(thread: ParleyThread): RichText {
  const kept = new Map<string, { body: string; node: Node | undefined }>()
  let draw: ((body: string) => Node | undefined) | null = null
  let isComing = false

  async function fetchDraw() {
    if (isComing) return
    isComing = true
    try {
      draw = (await import('./markdown.js')).markdownIn(thread.renderRoot as ShadowRoot)
      // by its own update, so that its scroll anchor holds what is read in its place
      thread.requestUpdate()
    } catch {
      isComing = false
    }
  }

  return (key, body) => {
    if (FEW_EMOJI.test(body)) return html`<span class="large">${body}</span>`
    if (!looksLikeMarkdown(body)) return
    if (!draw) return void fetchDraw()
    const known = kept.get(key)
    if (known?.body === body) return known.node
    if (kept.size > MAX_KEPT) kept.clear()
    const node = draw(body)
    kept.set(key, { body, node })
    return node
  }
}
