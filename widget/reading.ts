import type { LatePanel } from './late-panel.js'
import { keep, placeOf } from './site-storage.js'
import { unreadIn } from './unread-count.js'

/** For so long after the last message a page of the site connects by itself. */
const LIVE_MS = 24 * 60 * 60_000

/** Tells the server what was read, and the frame how many messages were not, and each that comes. */
export function tellReading(panel: LatePanel): () => void {
  const { chat, tell, thread, inbox } = panel
  let readKey = ''
  let unread = 0

  const read = () => {
    const last = thread.thread?.items.findLast((item) => item.kind === 'message')
    if (!last || !panel.isOpen || document.visibilityState !== 'visible' || last.key === readKey) return
    readKey = last.key
    panel.conversation?.markRead()
  }
  const count = () => {
    const total = unreadIn(chat)
    if (total !== unread) tell('unread', total)
    unread = total
    keepLive()
  }
  /** Lets the next page know that a conversation goes on; see parley-chat.ts. */
  const keepLive = () => {
    const { items, isLoading } = chat.conversations.getSnapshot()
    if (isLoading) return
    const goesOn = items.filter((head) => head.status !== 'resolved' || head.unread)
    const until = Math.max(0, ...goesOn.map(({ lastMessage }) => Date.parse(lastMessage?.at ?? '') || 0)) + LIVE_MS
    keep(placeOf(inbox.key, 'live'), until > Date.now() ? `${until}` : null)
  }

  thread.addEventListener('chat-read', read)
  document.addEventListener('visibilitychange', read)
  const stops = [
    () => document.removeEventListener('visibilitychange', read),
    chat.conversations.subscribe(count),
    chat.on('message', (event) => tell('message', event)),
  ]
  count()
  read()
  return () => stops.forEach((stop) => stop())
}
