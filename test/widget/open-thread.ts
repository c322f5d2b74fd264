import type { ShownInbox } from '../../sdk/index.js'
import { ParleyPanel } from '../../widget/parley-panel.js'
import { aHead, FakeChat, FakeConversation, INBOX } from './fake-chat.js'
import { findAll, until } from './ground.js'

type Given = ConstructorParameters<typeof FakeConversation>[1]

/** An open panel, 500 px high, on a known conversation with this thread, once what comes late is there. */
export async function openThread(thread: Given, head = aHead('v1'), inbox: ShownInbox = INBOX) {
  const chat = new FakeChat()
  const conversation = new FakeConversation('v1', { head, ...thread })
  chat.known.set('v1', conversation)
  const panel = new ParleyPanel(chat, inbox, () => {})
  panel.isOpen = true
  panel.style.height = '500px'
  document.body.append(panel)
  await panel.updateComplete
  chat.arrive(head)
  await until(() => findAll(panel, 'parley-composer [aria-expanded]').length === 1)
  return { chat, conversation, panel }
}
