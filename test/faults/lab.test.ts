import { expect, test } from 'vitest'
import { engines } from '../support/database.js'
import { runLab } from './lab.js'

test.each(engines)(
  'messages through a server that is killed, cut off and lied about arrive once and in order, on %s',
  async (engine) => {
    const report = await runLab({
      engine,
      seed: 1,
      messages: 200,
      servers: 2,
      workers: 1,
      teams: 1,
      agentsPerTeam: 2,
      conversations: 3,
      // more than a page, so that a page that was reloaded has earlier ones to load
      messagesPerConversation: 72,
      paceMs: 250,
      // the embedded database has one server, and nobody while it starts again
      outageEveryMs: engine === 'pglite' ? 10_000 : 2_000,
      outageMaxMs: 1_000,
      odds: { request: 0.1, upgrade: 0.2, frame: 0.08 },
      reloadOdds: 0.15,
      boundMs: 40_000,
      roundMs: 130_000,
      wokenOdds: 1,
      // who is idle has to be watched for longer than a test may take
      quietEvery: 1,
      quietMs: 0,
    })
    expect(report.endedBy).toBeNull()
    expect(report.broken).toEqual({})
    expect(report.messages).toBeGreaterThanOrEqual(200)
    // whether a draft waited when its page went, or typing was seen before its message, is chance
    expect(report.looked.unreadCounts).toBeGreaterThan(0)
    expect(Object.keys(report.faults).length).toBeGreaterThanOrEqual(15)
  },
  150_000,
)
