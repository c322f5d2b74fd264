import type { LatePanel } from './late-panel.js'

/** What a page may store can be forbidden or full; then nothing is kept. */
function trying<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

/** Keeps what stands in the composer, by conversation, over reloads and in every tab, until it is sent. */
export function keepText(panel: LatePanel): () => void {
  const { composer, inbox, chat } = panel
  const prefix = `parley:${inbox.key}:text:`
  const nameOf = () => prefix + (panel.conversation?.id ?? '')
  let name = ''

  const keep = () => {
    const { text } = composer
    trying(() => (text ? localStorage.setItem(nameOf(), text) : localStorage.removeItem(nameOf())))
  }
  const take = () => {
    if (nameOf() === name) return
    const wasOther = name !== ''
    name = nameOf()
    const kept = trying(() => localStorage.getItem(name)) ?? ''
    // what is being typed since the page came is newer than anything kept
    if (wasOther || !composer.text) composer.text = kept
  }
  const hear = ({ key, newValue }: StorageEvent) => {
    if (key === nameOf() && !composer.matches(':focus-within')) composer.text = newValue ?? ''
  }
  const forget = () => {
    if (chat.session.getSnapshot()) return
    const names = trying(() => Object.keys(localStorage)) ?? []
    for (const one of names) if (one.startsWith(prefix)) trying(() => localStorage.removeItem(one))
    composer.text = ''
  }

  const controller = { hostUpdated: take }
  panel.addController(controller)
  const keptComposer = { hostUpdated: keep }
  composer.addController(keptComposer)
  addEventListener('storage', hear)
  const unfollow = chat.session.subscribe(forget)
  take()
  return () => {
    panel.removeController(controller)
    composer.removeController(keptComposer)
    removeEventListener('storage', hear)
    unfollow()
  }
}
