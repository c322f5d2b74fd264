import { once } from 'node:events'
import { WebSocket } from 'ws'
import { eachOf, type Heard, numberIn, type Target } from './target.js'

export function wsTarget(port: number, heard: Heard): Target {
  const sockets: [WebSocket, WebSocket][] = []
  // a socket hears answers to its own and messages of the other one: which it is, the message's parity says
  const open = async (conversation: number, side: 0 | 1) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}/${conversation}/${side}`, { perMessageDeflate: false })
    ws.on('message', (data: Buffer) => {
      const number = numberIn(data)
      if (number === undefined) return
      if (number % 2 === side) heard.acknowledged(number)
      else heard.arrived(number)
    })
    await once(ws, 'open')
    return ws
  }
  return {
    open: (conversations) =>
      eachOf(conversations - sockets.length, 50, async () => {
        const conversation = sockets.push([] as never) - 1
        sockets[conversation] = [await open(conversation, 0), await open(conversation, 1)]
      }),
    send: ({ conversation, side, body }) => sockets[conversation]![side].send(body),
  }
}
