import { createChat } from 'parley-chat'
import { ChatProvider, useChat, useConversations } from 'parley-chat/react'

const chat = createChat({ url: 'http://localhost:8787', inboxKey: 'demo' })

function Thread() {
  const [latest] = useConversations().conversations
  const { messages, typingUsers, sendMessage } = useChat(latest?.conversationId ?? null)
  return (
    <form action={(form) => void sendMessage(`${form.get('body')}`)}>
      {messages.map(({ key, own, author, body, state }) => (
        <p key={key}>{own ? `You: ${body} (${state})` : `${author.name}: ${body}`}</p>
      ))}
      <p>{typingUsers.map(({ name }) => `${name} is writing …`)}</p>
      <input name="body" aria-label="Message" required />
    </form>
  )
}

export const Conversation = () => (
  <ChatProvider chat={chat}>
    <Thread />
  </ChatProvider>
)
