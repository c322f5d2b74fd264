// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const rules = new Intl.PluralRules('he')
const characters = (count: number): string => {
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'תו אחד', two: 'שני תווים' }
  return forms[rules.select(count)] ?? `${count} תווים`
}
/** A name keeps its own direction. */
const isolated = (name: string): string => `\u2068${name}\u2069`

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'אין חיבור.',
  unavailable: 'השירות אינו זמין כרגע.',
  rate_limited: 'נשלח יותר מדי בבת אחת; נא להמתין רגע.',
  too_large: 'הטקסט ארוך מדי.',
  origin_refused: 'אי אפשר להשתמש בצ׳אט בדף הזה.',
}

export const texts: Texts = {
  language: 'he',
  direction: 'rtl',
  launcher: {
    open: 'פתיחת הצ׳אט',
    unread: 'הודעות שלא נקראו',
    close: 'סגירת הצ׳אט',
    message: 'כתיבת הודעה…',
  },
  answering: (name) => `${isolated(name)} עונה לך`,
  answers: 'בדרך כלל אנחנו עונים כאן',
  messages: 'הודעות',
  send: 'שליחה',
  remaining: (count) => (count < 0 ? `חריגה: ${characters(-count)}` : `נותרו: ${characters(count)}`),
  you: 'אני',
  sending: 'בשליחה…',
  sent: 'נשלחה',
  delivered: 'נמסרה',
  read: 'נצפתה',
  notSent: 'לא נשלחה.',
  reason: (code) => (code && reasons[code]) ?? 'משהו השתבש.',
  tryAgain: 'לנסות שוב',
  discard: 'ביטול',
  today: 'היום',
  yesterday: 'אתמול',
  joined: (name) => `${isolated(name)} בצ׳אט עכשיו`,
  resolved: 'הפנייה נפתרה',
  reopened: 'הפנייה נפתחה מחדש',
  loading: 'ההודעות נטענות',
  earlier: 'טעינת הודעות קודמות',
  notConnected: 'לא ניתן להתחיל את הצ׳אט.',
  notLoaded: 'לא ניתן לטעון את ההודעות.',
  reconnecting: 'מתחברים מחדש… מה שנכתב נשמר ויישלח',
}
