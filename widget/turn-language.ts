import type { LitElement } from 'lit'
import { speakLate } from './locale/late-texts.js'
import { speak, texts } from './locale/texts.js'
import type { LatePanel } from './late-panel.js'

let asked = ''
let turning: Promise<unknown> = Promise.resolve()

/** Says everything anew in the language `tag`; of several asked for at once, the last. */
export function turnTo(panel: LatePanel, tag: string): Promise<unknown> {
  asked = tag
  // one after the other: a slow one would else be spoken over a later one
  return (turning = turning.then(() => (tag === asked ? turn(panel, tag) : null)))
}

async function turn(panel: LatePanel, tag: string): Promise<void> {
  const wordings = panel.inbox.settings.texts
  await speak(tag, wordings)
  await speakLate(wordings)
  const parts = [...panel.renderRoot.querySelectorAll<LitElement>(':defined')]
  for (const part of [panel, ...parts]) part.requestUpdate?.()
  panel.tell('texts', texts.launcher)
}
