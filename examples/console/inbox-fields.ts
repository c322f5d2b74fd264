import { ChatError, defaultInboxSettings, type Inbox, type InboxChanges, type InboxSettings } from '../../sdk/agent.js'

/** One of the widget's wordings, said otherwise. */
export interface Wording {
  key: string
  text: string
}

/** An inbox as it stands in the form: one origin a line, wordings in rows of which some may be unfinished. */
export type InboxFields = Pick<Inbox, 'name'> &
  Omit<InboxSettings, 'texts'> & { origins: string; texts: readonly Wording[] }
export type FieldName = keyof InboxFields

export const blankInbox: InboxFields = { name: '', origins: '', ...defaultInboxSettings, texts: [] }

export const fieldsOf = ({ name, settings, allowedOrigins }: Inbox): InboxFields => ({
  name,
  ...settings,
  origins: allowedOrigins.join('\n'),
  texts: Object.entries(settings.texts).map(([key, text]) => ({ key, text })),
})

/** The lines that say something, each once. */
export const originsOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim().replace(/\/$/, ''))
      .filter(Boolean),
  ),
]

const trimmed = <T>(value: T): T => (typeof value === 'string' ? (value.trim() as T) : value)

/** The settings that the form says; rows of wordings that lack something are left out. */
export function settingsOf({ name: _name, origins: _origins, texts, ...rest }: InboxFields): InboxSettings {
  const settings = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, trimmed(value)]))
  const said = texts.map(({ key, text }) => [key.trim(), text.trim()] as const).filter(([key, text]) => key && text)
  return { ...(settings as Omit<InboxSettings, 'texts'>), texts: Object.fromEntries(said) }
}

const sent = (fields: InboxFields) => ({
  ...settingsOf(fields),
  name: fields.name.trim(),
  origins: originsOf(fields.origins),
})

/** The fields that would be saved differently, in the order of the form. */
export function changedFields(before: InboxFields, now: InboxFields): FieldName[] {
  const [was, is] = [sent(before), sent(now)]
  return (Object.keys(blankInbox) as FieldName[]).filter(
    (field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]),
  )
}

/** What to save: everything for a new inbox (`before` is null), else what changed, so that two administrators do not undo each other. */
export function changesOf(before: InboxFields | null, now: InboxFields): InboxChanges & { name: string } {
  const { name, origins, ...settings } = sent(now)
  if (!before) return { name, allowedOrigins: origins, settings }
  const changed = changedFields(before, now)
  const own = Object.entries(settings).filter(([field]) => changed.includes(field as FieldName))
  return {
    name,
    ...(changed.includes('origins') && { allowedOrigins: origins }),
    ...(own.length > 0 && { settings: Object.fromEntries(own) }),
  }
}

/** "is too long" goes on from its subject; any other wording stands for itself. */
const sentence = (subject: string, message: string) =>
  /^(is|has|may|must|cannot) /.test(message) ? `${subject} ${message}.` : `${subject}: ${message}`

/** What the API had against a save, by form field; what belongs to none is left out. */
export function fieldProblems(error: unknown): Partial<Record<FieldName, string>> {
  const problems: Partial<Record<FieldName, string>> = {}
  for (const { path, message } of (error instanceof ChatError && error.fields) || []) {
    const [first = '', second = '', ...rest] = path.split('.')
    const field = first === 'settings' ? second : first === 'allowedOrigins' ? 'origins' : first
    if (!Object.hasOwn(blankInbox, field)) continue
    const line = first === 'allowedOrigins' && second ? `Line ${Number(second) + 1}` : ''
    problems[field as FieldName] ??= sentence(line || rest.join('.') || 'This', message)
  }
  return problems
}
