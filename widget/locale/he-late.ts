// Translated by machine, not yet reviewed by a native speaker.
import type { LateTexts } from './late-texts.js'

const rules = new Intl.PluralRules('he')
const counted = (count: number, one: string, two: string, others: string): string => {
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = { one, two }
  return forms[rules.select(count)] ?? `${count} ${others}`
}
/** What others wrote keeps its own direction. */
const isolated = (text: string): string => `\u2068${text}\u2069`

export const lateTexts: LateTexts = {
  nobody: 'אין כאן אף אחד כרגע. אפשר להשאיר הודעה, והתשובה תחכה כאן.',
  unreadLine: 'חדש',
  rate: 'איך הייתה השיחה הזאת?',
  rated: 'הדירוג שלך',
  stars: (count) => `${counted(count, 'כוכב אחד', 'שני כוכבים', 'כוכבים')} מתוך 5`,
  comment: 'יש משהו להוסיף?',
  thanks: 'תודה רבה.',
  tooLate: 'כבר אי אפשר לדרג את השיחה הזאת.',
  beforeStart: 'לפני שמתחילים',
  name: 'שמך',
  email: 'כתובת האימייל שלך',
  optional: '(לא חובה)',
  start: 'התחלת הצ׳אט',
  notTaken: 'נא לבדוק את הפרטים שהוזנו.',
  conversations: 'כל השיחות',
  toConversation: 'חזרה לשיחה',
  begin: 'התחלת שיחה',
  here: (names) => `כאן עכשיו: ${isolated(names)}`,
  unread: (count) => counted(count, 'הודעה אחת שלא נקראה', 'שתי הודעות שלא נקראו', 'הודעות שלא נקראו'),
  save: (title) => `הורדת השיחה ״${isolated(title)}״`,
  transcript: 'שיחה',
  yourData: 'הנתונים שלך',
  takeData: 'הורדת הכול',
  eraseData: 'מחיקת הכול',
  eraseSure: 'למחוק לצמיתות?',
  notSaved: 'לא ניתן היה לאחזר את הנתונים. נא לנסות שוב בעוד רגע.',
  notErased: 'לא ניתן היה למחוק את הנתונים. נא לנסות שוב בעוד רגע.',
  latest: 'מעבר להודעה האחרונה',
  news: 'הודעות חדשות',
  said: (name, body) => `${isolated(name)}: ${isolated(body)}`,
  copyCode: 'העתקת הקוד',
  copied: 'הועתק',
  emoji: 'אמוג׳י',
  moreEmoji: 'תגובה עם אמוג׳י אחר',
  emojiComing: 'האמוג׳י נטענים…',
  emojiAway: 'לא ניתן לטעון את האמוג׳י.',
  options: 'אפשרויות ההודעה',
  react: (emoji) => `תגובה עם ${emoji}`,
  reacted: (emoji, count) => `${emoji}, ${count}`,
  reply: 'תשובה',
  copy: 'העתקה',
  edit: 'עריכה',
  delete: 'מחיקה',
  sure: 'למחוק אצל כולם?',
  edited: 'נערכה',
  deleted: 'ההודעה נמחקה',
  earlier: 'הודעה קודמת',
  editing: 'עריכה',
  replying: 'בתשובה אל',
  cancel: 'ביטול',
  refused: 'כבר אי אפשר לשנות את זה.',
  online: 'אונליין',
  away: 'מיד בחזרה',
  offline: 'לא כאן כרגע',
  lastSeen: (ago) => `חיבור אחרון: ${ago}`,
  typing: (name) => (name ? `${isolated(name)} מקליד/ה…` : 'מקליד/ה…'),
}
