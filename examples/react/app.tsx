import type {} from 'parley-chat/widget/react'
import { useState } from 'react'
import { Conversation } from './conversation.js'

export function App() {
  const [parts, show] = useState(['chat', 'text'])
  const hasChat = parts.includes('chat')
  return (
    <main>
      <h1>A page made by React</h1>
      <button onClick={() => show(hasChat ? ['text'] : ['chat', 'text'])}>
        {hasChat ? 'Take the chat away' : 'Bring the chat back'}
      </button>
      <button onClick={() => show(parts.toReversed())}>Move the chat</button>
      {parts.map((part) =>
        part === 'chat' ? <parley-chat key={part} color="#7a2048" /> : <p key={part}>The same chat, drawn by us:</p>,
      )}
      <Conversation />
      {/* React puts it into the head, once; by the time it runs, the element is there */}
      <script async src="http://localhost:8787/widget.js?inbox=demo" />
    </main>
  )
}
