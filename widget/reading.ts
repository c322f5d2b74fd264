import type { LatePanel } from './late-panel.js'
import { unreadIn } from './unread-count.js'

/** Closes what was shown to somebody who has signed out in another tab. */
export function beginAnew({ tell }: LatePanel): void {
  tell('close')
  tell('logout')
}

/** Tells the server what was read, and the frame how many messages were not, each that comes, and that another tab signed out. */
export function tellReading(panel: LatePanel): () => void {
  const { chat, tell, thread } = panel
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
  }

  thread.addEventListener('chat-read', read)
  document.addEventListener('visibilitychange', read)
  const stops = [
    () => document.removeEventListener('visibilitychange', read),
    chat.conversations.subscribe(count),
    chat.on('message', (event) => tell('message', event)),
    chat.on('signOut', () => beginAnew(panel)),
  ]
  count()
  read()
  return () => stops.forEach((stop) => stop())
}
