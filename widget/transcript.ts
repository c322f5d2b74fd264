import type { Conversation, ThreadItem } from '../sdk/index.js'
import { texts } from './locale/texts.js'
import { region } from './locale/texts.js'

/** Offers `text` as a file to keep. */
export function download(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
  // not before the browser has taken it
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

const lineOf = (item: ThreadItem, inboxName: string, timeOf: Intl.DateTimeFormat): string | null => {
  if (item.kind !== 'message' || item.message.deletedAt) return null
  const { author, body, createdAt } = item.message
  return `[${timeOf.format(new Date(createdAt))}] ${item.own ? texts.you : author.name || inboxName}: ${body}`
}

/** The whole conversation as plain text, earlier pages fetched as far as there are any. */
export async function transcriptOf(conversation: Conversation, inboxName: string): Promise<string> {
  for (let before = -1; ;) {
    const { hasEarlier, items, error } = conversation.thread.getSnapshot()
    if (error) throw error
    // a page that brings nothing is no reason to ask for ever
    if (!hasEarlier || items.length === before) break
    before = items.length
    await conversation.messages.loadEarlier()
  }
  const timeOf = new Intl.DateTimeFormat(region(), { dateStyle: 'medium', timeStyle: 'short' })
  const lines = conversation.thread.getSnapshot().items.flatMap((item) => lineOf(item, inboxName, timeOf) ?? [])
  return `${inboxName}\n\n${lines.join('\n')}\n`
}
