import type { Chat } from '../sdk/index.js'

/** Messages not read in all of the visitor's conversations. */
export const unreadIn = ({ conversations }: Chat): number =>
  conversations.getSnapshot().items.reduce((sum, head) => sum + head.unread, 0)
