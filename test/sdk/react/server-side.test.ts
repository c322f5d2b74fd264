import { createElement, type JSX, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { createAgent } from '../../../sdk/agent.js'
import { createChat } from '../../../sdk/index.js'
import { type ChatClient, ChatProvider, useChat, useConnection, useConversations } from '../../../sdk/react/index.js'
import type {} from '../../../widget/react.js'

/** A client that tells of every attempt to reach the world. */
function aClient(asked: string[]): ChatClient {
  return createChat({
    url: 'https://chat.example',
    inboxKey: 'demo',
    fetch: async (address) => {
      asked.push(String(address))
      throw new Error('there is no network')
    },
  })
}
const render = (chat: ChatClient, View: () => ReactNode) =>
  renderToString(createElement(ChatProvider, { chat }, createElement(View)))

test('a server renders an empty thread that is loading, and asks nobody', () => {
  const asked: string[] = []
  const chat = aClient(asked)
  const html = render(chat, () => {
    const { messages, isLoading, error, onlineUsers, typingUsers, conversation } = useChat('c1')
    return JSON.stringify([messages, isLoading, error, onlineUsers, typingUsers, conversation])
  })
  expect(html).toBe('[[],true,null,[],[],null]')
  expect(chat.connection.getSnapshot().phase).toBe('idle')
  expect(asked).toEqual([])
})

test('a new conversation is not loading on a server, and none is begun', () => {
  let begun = 0
  const chat = aClient([])
  const watched = {
    ...chat,
    newConversation: () => (begun++, (chat as ReturnType<typeof createChat>).newConversation()),
  }
  const html = render(watched, () => {
    const { messages, isLoading, conversationId } = useChat(null)
    return JSON.stringify([messages, isLoading, conversationId])
  })
  expect(html).toBe('[[],false,null]')
  expect(begun).toBe(0)
})

test('lists and the connection render on a server, for either door', () => {
  const agent = createAgent({
    url: 'https://chat.example',
    getToken: () => Promise.reject(new Error('not on a server')),
  })
  for (const chat of [aClient([]), agent]) {
    const html = render(chat, () => {
      const { conversations, isLoading, hasMore } = useConversations()
      return JSON.stringify([conversations, isLoading, hasMore, useConnection().phase])
    })
    expect(html).toBe('[[],true,false,&quot;idle&quot;]')
  }
})

test('a hook outside of a provider says what is missing', () => {
  const View = () => useChat('c1').conversationId
  expect(() => renderToString(createElement(View))).toThrow('there is no <ChatProvider> above')
})

test('React knows the element and what may be said of it, and writes that as attributes', () => {
  const attributes: JSX.IntrinsicElements['parley-chat'] = { inbox: 'demo', position: 'left', color: '#7a2048' }
  expect(renderToString(createElement('parley-chat', attributes))).toBe(
    '<parley-chat inbox="demo" position="left" color="#7a2048"></parley-chat>',
  )
  // @ts-expect-error -- left and right are all there is
  const elsewhere: JSX.IntrinsicElements['parley-chat'] = { position: 'top' }
  // @ts-expect-error -- `open` is a method of the element, over which React would write
  const open: JSX.IntrinsicElements['parley-chat'] = { open: true }
  expect([elsewhere, open]).toHaveLength(2)
})
