import { html, nothing, render } from 'lit'
import type { ParleyComposer } from './composer.js'
import { emojiByCode, suggestEmoji } from './emoji-index.js'
import { fieldOf, insertText } from './insert-text.js'
import { lateTexts as texts } from './locale/late-texts.js'

const MAX_SUGGESTIONS = 5
const WHOLE = /(?:^|\W):([\w+-]+):$/
const BEGUN = /(?:^|[^\w:]):([\w+-]{2,})$/

/** Makes emoji of shortcodes: `:smile:` at once, and of `:smi` a list to choose from. */
export function shortcodesFor(composer: ParleyComposer): void {
  const field = fieldOf(composer)
  const box = document.createElement('div')
  let found: [code: string, emoji: string][] = []
  let at = 0
  /** Length of what is replaced, before the caret. */
  let typed = 0
  composer.renderRoot.append(box)

  function show(next: typeof found, index = 0) {
    found = next
    at = index
    render(found.length ? list() : nothing, box)
    field.setAttribute('aria-autocomplete', 'list')
    field.toggleAttribute('aria-controls', false)
    if (!found.length) return field.removeAttribute('aria-activedescendant')
    field.setAttribute('aria-controls', 'codes')
    field.setAttribute('aria-activedescendant', `code${at}`)
  }
  const list = () =>
    html`<ul role="listbox" id="codes" aria-label=${texts.emoji}>
      ${found.map(
        ([code, emoji], index) =>
          html`<li
            role="option"
            id="code${index}"
            aria-selected=${index === at}
            @pointerdown=${(event: Event) => event.preventDefault()}
            @click=${() => choose(index)}
          >
            <i>${emoji}</i><span>:${code}:</span>
          </li>`,
      )}
    </ul>`
  function choose(index: number) {
    const [, emoji] = found[index]!
    show([])
    insertText(composer, `${emoji} `, field.selectionStart - typed, field.selectionStart)
  }
  function look() {
    const before = field.value.slice(0, field.selectionStart)
    const whole = WHOLE.exec(before)?.[1]
    const emoji = whole && emojiByCode.get(whole.toLowerCase())
    if (emoji) {
      show([])
      return insertText(composer, emoji, before.length - whole.length - 2, before.length)
    }
    const begun = BEGUN.exec(before)?.[1]?.toLowerCase() ?? ''
    typed = begun.length + 1
    show(begun ? suggestEmoji(begun, MAX_SUGGESTIONS) : [])
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => show(found, (at + 1) % found.length),
    ArrowUp: () => show(found, (at + found.length - 1) % found.length),
    Enter: () => choose(at),
    Tab: () => choose(at),
    Escape: () => show([]),
  }

  field.addEventListener('input', (event) => (event as InputEvent).isComposing || look())
  field.addEventListener('blur', () => show([]))
  // before the composer hears it: this Enter does not send
  composer.addEventListener(
    'keydown',
    (event) => {
      if (!found.length || event.isComposing || event.shiftKey || !Object.hasOwn(keys, event.key)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      keys[event.key]!()
    },
    true,
  )
  look()
}
