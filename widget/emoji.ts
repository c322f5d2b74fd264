import { html, nothing, render } from 'lit'
import { adoptStyles } from './adopt-styles.js'
import type { ParleyComposer } from './composer.js'
import { emojiFieldStyles, emojiStyles } from './emoji.styles.js'
import { insertText } from './insert-text.js'
import { emojiTexts } from './locale/emoji-texts.js'
import { lateTexts as texts } from './locale/late-texts.js'

const FACE = 'M8.5 14a4.5 4.5 0 0 0 7 0M9 9.5v.01M15 9.5v.01M12 3a9 9 0 1 0 .01 0'
const COLON = /(?:^|\W):/

type Pick = (emoji: string) => void
/** Opens the picker for one emoji; the focus is back at `opener` when there was none. */
export type PickEmoji = (pick: Pick, opener: HTMLElement) => void

/** Gives a composer its emoji: a button, the picker above the field, and shortcodes from the first colon on. */
export function emojiFor(composer: ParleyComposer): PickEmoji {
  const [place, spot] = [document.createElement('div'), document.createElement('span')]
  let shown: { pick: Pick; opener: HTMLElement } | null = null
  adoptStyles(composer.getRootNode(), emojiStyles)
  adoptStyles(composer.renderRoot, emojiFieldStyles)
  composer.before(place)
  composer.append(spot)

  function draw(content: unknown) {
    place.className = shown ? 'emoji' : ''
    render(content, place)
    render(
      html`<button type="button" aria-label=${texts.emoji} aria-expanded=${shown !== null} @click=${toggle}>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${FACE}></path></svg>
      </button>`,
      spot,
    )
  }
  function close() {
    shown = null
    draw(nothing)
  }
  async function open(pick: Pick, opener: HTMLElement) {
    const asked = (shown = { pick, opener })
    draw(html`<p role="status">${texts.emojiComing}</p>`)
    const content = await Promise.all([import('./emoji-picker.js'), emojiTexts()]).then(
      ([{ emojiPicker }, said]) => emojiPicker(place, (emoji) => (close(), pick(emoji)), said),
      () => html`<p role="alert">${texts.emojiAway}</p>`,
    )
    if (shown === asked) draw(content)
  }
  function toggle({ currentTarget }: Event) {
    if (shown) return close()
    void open((emoji) => (insertText(composer, emoji), composer.focus()), currentTarget as HTMLElement)
  }
  for (const part of [place, composer])
    part.addEventListener(
      'keydown',
      (event) => {
        if ((event as KeyboardEvent).key !== 'Escape' || !shown) return
        // nor does the chat close
        event.preventDefault()
        event.stopPropagation()
        const { opener } = shown
        close()
        opener.focus()
      },
      true,
    )

  function watch() {
    if (!COLON.test(composer.text)) return
    composer.removeEventListener('input', watch)
    void import('./shortcodes.js').then(
      ({ shortcodesFor }) => shortcodesFor(composer),
      () => composer.addEventListener('input', watch),
    )
  }
  composer.addEventListener('input', watch)
  draw(nothing)
  return (pick, opener) => void open(pick, opener)
}
