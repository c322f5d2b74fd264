import { ChatError, defaultInboxSettings, type Inbox, type InboxSettings } from '../../sdk/agent.js'

/** An inbox as it stands in the form: text, one origin a line. */
export type InboxFields = Pick<Inbox, 'name'> & InboxSettings & { origins: string }

export const blankInbox: InboxFields = { name: '', origins: '', ...defaultInboxSettings }

export const fieldsOf = ({ name, settings, allowedOrigins }: Inbox): InboxFields => ({
  name,
  ...settings,
  origins: allowedOrigins.join('\n'),
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

/** "is too long" goes on from its subject; any other wording stands for itself. */
const sentence = (subject: string, message: string) =>
  /^(is|has|may|must|cannot) /.test(message) ? `${subject} ${message}.` : `${subject}: ${message}`

/** What the API had against a save, by form field; what belongs to none is left out. */
export function fieldProblems(error: unknown): Partial<Record<keyof InboxFields, string>> {
  const problems: Partial<Record<keyof InboxFields, string>> = {}
  for (const { path, message } of (error instanceof ChatError && error.fields) || []) {
    const [first = '', second = ''] = path.split('.')
    const field = first === 'settings' ? second : first === 'allowedOrigins' ? 'origins' : first
    if (!Object.hasOwn(blankInbox, field)) continue
    const subject = first === 'allowedOrigins' && second ? `Line ${Number(second) + 1}` : 'This'
    problems[field as keyof InboxFields] ??= sentence(subject, message)
  }
  return problems
}
