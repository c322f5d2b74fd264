import type { LitElement } from 'lit'
import { speakLate } from './locale/late-texts.js'
import { speak, texts } from './locale/texts.js'
import type { LatePanel } from './late-panel.js'

let asked = ''

/** Says everything anew in the language `tag`; of several asked for at once, the last. */
export async function turnTo(panel: LatePanel, tag: string): Promise<void> {
  asked = tag
  const wordings = panel.inbox.settings.texts
  await speak(tag, wordings)
  await speakLate(wordings)
  if (tag !== asked) return
  const parts = [...panel.renderRoot.querySelectorAll<LitElement>(':defined')]
  for (const part of [panel, ...parts]) part.requestUpdate?.()
  panel.tell('texts', texts.launcher)
}
