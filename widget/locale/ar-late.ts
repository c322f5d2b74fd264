// Translated by machine, not yet reviewed by a native speaker.
import type { LateTexts } from './late-texts.js'

const rules = new Intl.PluralRules('ar')
const stars = (count: number): string =>
  ({
    zero: 'لا نجوم',
    one: 'نجمة واحدة',
    two: 'نجمتان',
    few: `${count} نجوم`,
    many: `${count} نجمة`,
    other: `${count} نجمة`,
  })[rules.select(count)]
const unread = (count: number): string =>
  ({
    zero: 'لا رسائل غير مقروءة',
    one: 'رسالة واحدة غير مقروءة',
    two: 'رسالتان غير مقروءتين',
    few: `${count} رسائل غير مقروءة`,
    many: `${count} رسالة غير مقروءة`,
    other: `${count} رسالة غير مقروءة`,
  })[rules.select(count)]
/** What others wrote keeps its own direction. */
const isolated = (text: string): string => `\u2068${text}\u2069`

export const lateTexts: LateTexts = {
  nobody: 'لا يوجد أحد الآن. اترك رسالة وستجد الرد هنا.',
  unreadLine: 'جديد',
  rate: 'كيف كانت هذه المحادثة؟',
  rated: 'تقييمك',
  stars: (count) => `${stars(count)} من 5`,
  comment: 'هل تود إضافة شيء آخر؟',
  thanks: 'شكرًا لك.',
  tooLate: 'انتهى وقت تقييم هذه المحادثة.',
  beforeStart: 'قبل أن نبدأ',
  name: 'اسمك',
  email: 'بريدك الإلكتروني',
  optional: '(اختياري)',
  start: 'بدء الدردشة',
  notTaken: 'يُرجى التحقق من البيانات المُدخلة.',
  conversations: 'جميع المحادثات',
  toConversation: 'العودة إلى المحادثة',
  begin: 'بدء محادثة',
  here: (names) => `متصل الآن: ${isolated(names)}`,
  unread,
  save: (title) => `تنزيل المحادثة «${isolated(title)}»`,
  transcript: 'المحادثة',
  yourData: 'بياناتك',
  takeData: 'تنزيل كل شيء',
  eraseData: 'محو كل شيء',
  eraseSure: 'محو نهائيًا؟',
  notSaved: 'تعذّر جلب بياناتك. يُرجى المحاولة مرة أخرى بعد قليل.',
  notErased: 'تعذّر محو بياناتك. يُرجى المحاولة مرة أخرى بعد قليل.',
  latest: 'الانتقال إلى الأحدث',
  news: 'رسائل جديدة',
  said: (name, body) => `${isolated(name)}: ${isolated(body)}`,
  options: 'خيارات الرسالة',
  react: (emoji) => `التفاعل بـ ${emoji}`,
  reacted: (emoji, count) => `${emoji}، ${count}`,
  reply: 'رد',
  copy: 'نسخ',
  edit: 'تعديل',
  delete: 'حذف',
  sure: 'حذف لدى الجميع؟',
  edited: 'معدّلة',
  deleted: 'حُذفت الرسالة',
  earlier: 'رسالة سابقة',
  editing: 'تعديل',
  replying: 'رد على',
  cancel: 'إلغاء',
  refused: 'لم يعد التغيير ممكنًا.',
  online: 'متصل الآن',
  away: 'العودة قريبًا',
  offline: 'غير متصل الآن',
  lastSeen: (ago) => `آخر ظهور: ${ago}`,
  typing: (name) => (name ? `${isolated(name)}: جارٍ الكتابة…` : 'جارٍ الكتابة…'),
}
