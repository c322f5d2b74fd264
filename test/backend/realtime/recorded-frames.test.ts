import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engines } from '../../support/database.js'
import { asHere, DIFFERENCES } from './deliberate-differences.js'
import { recordedHeard } from './heard.js'
import { readRecording } from './recording.js'
import { replay } from './replay.js'
import { realtimeWorld, type World } from './world.js'

const scenarios = readRecording()

test('each listed difference is one of a recorded scenario', () => {
  expect(scenarios.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(DIFFERENCES)))
})

describe.each(engines)('what the real server did, on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await realtimeWorld(engine, { publicChannels: true })
    for (const policy of [
      `recorded_reads on realtime.messages for select to authenticated
       using (realtime.topic() like any (array['topic:%', 'readonly:%']))`,
      `recorded_writes on realtime.messages for insert to authenticated
       with check (realtime.topic() like 'topic:%')`,
    ])
      await world.db.query(`create policy ${policy}`)
  })
  afterAll(() => world.close())

  test.each(scenarios.map((scenario) => [scenario.name, scenario.label, scenario] as const))(
    '%s: %s',
    async (_name, _label, scenario) => {
      const expected = asHere(scenario)
      expect(await replay(world, expected)).toEqual(recordedHeard(expected.steps))
    },
  )
})
