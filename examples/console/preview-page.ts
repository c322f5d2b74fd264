import type { InboxSettings } from '../../sdk/agent.js'

export interface Look {
  settings: InboxSettings
  isOpen: boolean
  isDark: boolean
}

/** What the script tag leaves in a page, as far as it is needed here. */
interface WidgetElement {
  inboxes: Map<string, object | null>
}

/** No inbox has this key; the settings in the form go by it. */
const KEY = 'preview'

const pageStyles = `
html { height: 100%; background: #fff; color: #1b1d22; }
html.dark { background: #121212; color: #eceef2; color-scheme: dark; }
body { display: grid; gap: 18px; align-content: start; margin: 0; padding: 28px; }
i { height: 13px; border-radius: 7px; background: currentColor; opacity: 0.08; }
i:nth-of-type(6n + 1) { width: 46%; height: 26px; }
i:nth-of-type(6n) { width: 68%; height: 120px; border-radius: 12px; }
parley-chat::part(panel) { animation: none; }
`

/** Makes an empty frame a page with the widget that `scriptAddress` leads to. Resolves with what shows a look of it. */
export async function previewPage(frame: HTMLIFrameElement, scriptAddress: string): Promise<(look: Look) => void> {
  const page = frame.contentDocument!
  const realm = page.defaultView!
  const sheet = new realm.CSSStyleSheet()
  sheet.replaceSync(pageStyles)
  page.adoptedStyleSheets = [sheet]
  page.documentElement.lang = 'en'
  // a modal dialog, which the chat is on a phone, takes the focus even where it is inert
  const dialogs = realm.HTMLDialogElement.prototype
  dialogs.showModal = dialogs.show
  page.body.append(...Array.from({ length: 12 }, () => page.createElement('i')))
  // the script finds it and makes none of its own, which would know the server
  let shown: Element = page.createElement('parley-chat')
  shown.setAttribute('server', 'none')
  page.body.append(shown)
  const script = page.createElement('script')
  script.src = scriptAddress
  const loaded = new Promise((resolve, reject) => Object.assign(script, { onload: resolve, onerror: reject }))
  page.head.append(script)
  await loaded
  const { inboxes } = realm.customElements.get('parley-chat') as unknown as WidgetElement
  const [served] = inboxes.values()

  return ({ settings, isOpen, isDark }) => {
    page.documentElement.classList.toggle('dark', isDark)
    inboxes.set(KEY, { ...served, key: KEY, settings })
    const next = page.createElement('parley-chat')
    for (const [name, value] of Object.entries({ inbox: KEY, server: 'none' })) next.setAttribute(name, value)
    // an open chat would take the focus from the form
    next.inert = true
    next.toggleAttribute('open', isOpen)
    shown.replaceWith(next)
    shown = next
  }
}
