import { expect, test } from 'vitest'
import { changedFields, changesOf, fieldProblems, fieldsOf, settingsOf } from '../../examples/console/inbox-fields.js'
import { fieldList } from '../../examples/console/inbox-wording.js'
import { offeredWordings } from '../../examples/console/offered-wordings.js'
import { ChatError, defaultInboxSettings, type Inbox } from '../../sdk/agent.js'
import { texts } from '../../widget/locale/en.js'
import { lateTexts } from '../../widget/locale/en-late.js'

const inbox: Inbox = {
  id: 'i1',
  key: 'demo',
  name: 'Shop',
  settings: { ...defaultInboxSettings, texts: { send: 'Go' } },
  allowedOrigins: ['https://shop.example'],
  createdAt: '2026-11-21T12:00:00Z',
}
const fields = fieldsOf(inbox)

test('an inbox survives the form as it is', () => {
  expect(settingsOf(fields)).toEqual(inbox.settings)
  expect(changedFields(fields, fieldsOf(inbox))).toEqual([])
})

test('only what changed is saved', () => {
  const now = { ...fields, greeting: 'Hi', offsetX: 40 }
  expect(changesOf(fields, now)).toEqual({ name: 'Shop', settings: { greeting: 'Hi', offsetX: 40 } })
  expect(changesOf(fields, { ...fields, origins: '' })).toEqual({ name: 'Shop', allowedOrigins: [] })
  expect(fieldList(changedFields(fields, now))).toBe('Greeting and Distance from the side')
})

test('a new inbox is saved whole', () => {
  expect(changesOf(null, fields)).toEqual({
    name: 'Shop',
    allowedOrigins: inbox.allowedOrigins,
    settings: inbox.settings,
  })
})

test('white space at the ends and unfinished wordings are no change', () => {
  const texts = [...fields.texts, { key: 'sent', text: ' ' }, { key: '', text: 'x' }]
  expect(changedFields(fields, { ...fields, title: ` ${fields.title} `, texts })).toEqual([])
})

test('a wording taken away is a change', () => {
  expect(changesOf(fields, { ...fields, texts: [] })).toEqual({ name: 'Shop', settings: { texts: {} } })
})

test('what is wrong with a wording names it', () => {
  const refused = new ChatError('invalid_request', 'unable to save inbox; look', {
    fields: [{ path: 'settings.texts.send', message: 'is too long' }],
  })
  expect(fieldProblems(refused)).toEqual({ texts: 'send is too long.' })
})

test('the wordings that are offered are the widget’s own, all of the launcher’s among them', () => {
  const ofLauncher = Object.entries(texts.launcher).map(([key, text]) => [`launcher.${key}`, text])
  const known: Record<string, unknown> = { ...lateTexts, ...texts, ...Object.fromEntries(ofLauncher) }
  const said = (text: unknown) => (typeof text === 'function' ? (text as (name: string) => string)('{0}') : text)
  for (const [key, text] of Object.entries(offeredWordings)) expect([key, said(known[key])]).toEqual([key, text])
  for (const [key] of ofLauncher) expect(Object.keys(offeredWordings)).toContain(key)
})
