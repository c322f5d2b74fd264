import type { ShownInbox } from '../sdk/index.js'
import { takeCalls } from './page-api.js'
import { ParleyChat } from './parley-chat.js'

// A tag with type=module is not the current script.
const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[src*="inbox="], script[data-inbox]')
const scriptAddress = script?.src || location.href
const address = new URL(scriptAddress)

// The server writes the inbox over this literal; a copy from elsewhere keeps the text, which has no settings.
const served = Object('__PARLEY_INBOX__') as ShownInbox
const inbox = served.settings ? served : null
const key = inbox?.key ?? script?.dataset['inbox'] ?? address.searchParams.get('inbox')

const known = customElements.get('parley-chat') as typeof ParleyChat | undefined
const Chat = known ?? ParleyChat
const isNew = key && !Chat.inboxes.has(key)
if (isNew) Chat.inboxes.set(key, inbox)
if (!known) {
  takeCalls()
  Chat.origin = script?.dataset['server'] ?? address.origin
  Chat.loadPanel = () => import('./panel.js')
  Chat.loadInbox = () => import('./fetch-inbox.js')
  customElements.define('parley-chat', Chat)
}
if (isNew) {
  const mount = () => {
    // one that the page wrote itself will do
    if (document.querySelector('parley-chat:not([inbox])')) return
    const element = new Chat()
    element.inbox = key
    // beside the body, where frameworks that swap it leave the chat alone
    document.documentElement.append(element)
  }
  if (document.body) mount()
  else document.addEventListener('DOMContentLoaded', mount)
}
