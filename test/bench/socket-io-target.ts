import { once } from 'node:events'
import { io, type Socket } from 'socket.io-client'
import { eachOf, type Heard, numberIn, type Target } from './target.js'

export function socketIoTarget(port: number, heard: Heard): Target {
  const sockets: [Socket, Socket][] = []
  const open = async (conversation: number) => {
    const socket = io(`http://127.0.0.1:${port}`, {
      transports: ['websocket'],
      forceNew: true,
      query: { conversation },
    })
    socket.on('message', ({ body }: { body: string }) => heard.arrived(numberIn(body)!))
    await once(socket as unknown as NodeJS.EventEmitter, 'connect')
    return socket
  }
  return {
    open: (conversations) =>
      eachOf(conversations - sockets.length, 50, async () => {
        const conversation = sockets.push([] as never) - 1
        sockets[conversation] = [await open(conversation), await open(conversation)]
      }),
    send: ({ conversation, side, body, number }) =>
      sockets[conversation]![side].emit('message', body, () => heard.acknowledged(number)),
  }
}
