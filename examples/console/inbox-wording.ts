import type { Check } from './contrast.js'
import { isGood } from './contrast.js'
import type { FieldName } from './inbox-fields.js'

/** What each field is called, in the form and where it is named. */
export const fieldLabels: Record<FieldName, string> = {
  name: 'Name',
  title: 'Title',
  greeting: 'Greeting',
  color: 'Colour',
  theme: 'Theme',
  launcherLabel: 'Words on the launcher',
  position: 'Position',
  offsetX: 'Distance from the side',
  offsetY: 'Distance from below',
  locale: 'Language',
  awayMessage: 'While nobody is there',
  texts: 'Own wordings',
  askName: 'Ask who they are',
  askEmail: 'Ask for their e-mail',
  consent: 'Consent',
  sound: 'Sound',
  editMinutes: 'Editing and deleting',
  rating: 'Rating',
  tracksPages: 'Pages',
  origins: 'Allowed sites',
}

const list = new Intl.ListFormat('en')

/** "Colour, Greeting, and Title". */
export const fieldList = (fields: readonly FieldName[]): string =>
  list.format(fields.map((field) => fieldLabels[field]))

const subjects: Record<Check['id'], string> = {
  letters: 'Letters on the colour',
  white: 'The launcher on a white page',
  dark: 'The launcher on a dark page',
  muted: 'Times and notes, in grey',
}

/** What was checked and how it came out, in words. */
export function verdictOf(check: Check): { subject: string; verdict: string } {
  const isText = check.id === 'letters' || check.id === 'muted'
  const verdict = isGood(check)
    ? isText
      ? 'Easy to read'
      : 'Easy to see'
    : `${isText ? 'Hard to read' : 'Hard to see'}; ${check.needed} is asked for`
  return { subject: subjects[check.id], verdict }
}
