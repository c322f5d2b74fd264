import { createChat } from 'parley-chat'
import { agentSignIn, createAgent } from 'parley-chat/agent'
import WebSocket from 'ws'

const { PARLEY_URL: url, PARLEY_INBOX: inboxKey, PARLEY_EMAIL: email, PARLEY_PASSWORD: password } = process.env
const signIn = agentSignIn({ url })
await signIn.withPassword(email, password)
const agent = createAgent({ url, getToken: signIn.getToken, WebSocket })
const visitor = createChat({ url, inboxKey, WebSocket })
await Promise.all([agent.connect(), visitor.connect()])

agent.on('message', ({ conversationId, message, own }) => {
  if (own) return
  console.log('The visitor asks:', message.body)
  agent.conversation(conversationId).messages.send({ body: 'We do, in three days.' })
})
visitor.on('message', ({ message, own }) => {
  if (own) return
  console.log('The agent answers:', message.body)
  void Promise.all([agent.close(), visitor.close()])
})
visitor.newConversation().messages.send({ body: 'Do you ship to Norway?' })
