import type { Message } from '../sdk/index.js'
import { afterUpdate } from './after-update.js'
import { chime } from './chime.js'
import { choice } from './choices.js'
import { offerNotifications } from './notification-offer.js'
import { anyTabInSight, onlyTab } from './only-tab.js'
import { countInTitle } from './page-title.js'
import { trackPages } from './page-tracking.js'
import type { LatePanel } from './late-panel.js'
import { switchSound } from './sound-switch.js'
import { ParleyToast } from './toast.js'
import { unreadIn } from './unread-count.js'

/** Has a visitor who does not look at the panel notice what comes: in the title, by a sound, a toast or the system. */
export function notice(panel: LatePanel): () => void {
  const { chat, inbox } = panel
  const { settings, key } = inbox
  const over = new AbortController()
  const { signal } = over
  const sound = choice(key, 'sound')
  const wish = choice(key, 'notify')
  const isFirst = onlyTab(`parley:${key}:notice`, signal)
  const isAnyInSight = anyTabInSight(`parley:${key}:sight`, signal)
  const toast = new ParleyToast()
  const shown = new Set<Notification>()
  const frame = panel.closest('section')
  const host = (panel.getRootNode() as ShadowRoot).host as (HTMLElement & { open?(): void }) | undefined

  const isSeen = () => panel.isOpen && document.visibilityState === 'visible'
  const follow = () => {
    const unread = unreadIn(chat)
    countInTitle(panel, isSeen() ? 0 : unread)
    if (panel.isOpen || !unread) toast.remove()
    if (!isSeen() && unread) return
    for (const one of shown) one.close()
    shown.clear()
  }
  const tellSystem = async ({ author, body }: Message, conversationId: string) => {
    if (!wish.get() || !('Notification' in window) || Notification.permission !== 'granted' || (await isAnyInSight()))
      return
    const one = new Notification(author.name || settings.title, { body, tag: conversationId })
    one.onclick = () => {
      window.focus()
      host?.open?.()
    }
    shown.add(one)
  }
  const hear = ({ message, own, conversationId }: { message: Message; own: boolean; conversationId: string }) => {
    if (own || isSeen()) return
    // until it is dismissed or opened the first stays: what is below it can be read in the panel
    if (!panel.isOpen && !toast.isConnected && frame) {
      toast.author = message.author.name || settings.title
      toast.body = message.body
      frame.append(toast)
    }
    if (!isFirst()) return
    if (sound.get() ?? settings.sound) void chime().catch(() => {})
    void tellSystem(message, conversationId).catch(() => {})
  }

  toast.addEventListener('toast-open', () => host?.open?.())
  toast.addEventListener('toast-dismiss', () => {
    const hadFocus = toast.matches(':focus-within')
    toast.remove()
    if (hadFocus) frame?.querySelector('button')?.focus()
  })
  document.addEventListener('visibilitychange', follow, { signal })
  const stops = [
    chat.conversations.subscribe(follow),
    chat.on('message', hear),
    switchSound(panel, sound, settings.sound ?? false),
    offerNotifications(panel, wish),
    trackPages(chat, settings),
    afterUpdate(panel, follow),
    () => countInTitle(panel, 0),
    () => toast.remove(),
    () => over.abort(),
  ]
  return () => stops.forEach((stop) => stop())
}
