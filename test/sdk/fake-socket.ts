type Frame = [joinRef: string | null, ref: string | null, topic: string, event: string, payload: object]

/** A realtime server on the other end of sockets that are none. `isDeaf`: half-open, nothing comes back any more; `isDark`: the database is not heard; `isSwallowing`: who dials is neither let in nor refused. */
export function fakeRealtime() {
  const server = {
    isDeaf: false,
    isRefusing: false,
    isSwallowing: false,
    isDark: false,
    opened: [] as FakeSocket[],
    beats: 0,
    joins: 0,
    /** Gives up on the database, as the real server does after a minute. */
    endDark: () => {
      for (const end of dark.splice(0)) end()
    },
  }
  const dark: (() => void)[] = []

  class FakeSocket extends EventTarget {
    readyState = 0
    bufferedAmount = 0
    onopen: (() => void) | null = null
    onclose: ((event: object) => void) | null = null
    onerror: ((event: object) => void) | null = null
    onmessage: ((event: { data: string }) => void) | null = null

    constructor() {
      super()
      server.opened.push(this)
      setTimeout(() => {
        if (this.readyState || server.isSwallowing) return
        if (server.isRefusing) return this.end(1006)
        this.readyState = 1
        this.dispatchEvent(new Event('open'))
        this.onopen?.()
      }, 1)
    }
    send(text: string) {
      const [joinRef, ref, topic, event] = JSON.parse(text) as Frame
      if (server.isDeaf) return
      if (event === 'heartbeat') server.beats++
      this.tell([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: { postgres_changes: [] } }])
      if (event !== 'phx_join') return
      server.joins++
      if (!server.isDark)
        return this.tell([
          joinRef,
          null,
          topic,
          'system',
          { status: 'ok', message: 'Replication connection established' },
        ])
      dark.push(() => {
        const message = 'Replication connection was not established in time'
        this.tell([joinRef, null, topic, 'system', { status: 'error', message }])
        this.tell([joinRef, joinRef, topic, 'phx_close', {}])
      })
    }
    tell(frame: Frame) {
      setTimeout(() => this.onmessage?.({ data: JSON.stringify(frame) }), 1)
    }
    close(code = 1000, reason = '') {
      if (this.readyState === 3) return
      this.readyState = 2
      if (!server.isDeaf) setTimeout(() => this.end(code, reason), 1)
    }
    end(code: number, reason = '') {
      if (this.readyState === 3) return
      this.readyState = 3
      const event = Object.assign(new Event('close'), { code, reason })
      this.dispatchEvent(event)
      this.onclose?.(event)
    }
  }
  return { server, WebSocket: FakeSocket as unknown as typeof WebSocket }
}
