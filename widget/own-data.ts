import type { Chat } from '../sdk/index.js'
import type { LatePanel } from './late-panel.js'
import { download } from './transcript.js'

/** Hands the visitor everything that is known of them, as a file. */
export async function saveData(chat: Chat): Promise<void> {
  download('chat.json', JSON.stringify(await chat.exportData(), null, 2), 'application/json')
}

/** Erases the visitor on the server and here; the panel goes on as that of someone new. */
export async function eraseData(panel: LatePanel): Promise<void> {
  await panel.chat.erase()
  panel.startConversation()
  await panel.chat.connect()
}
