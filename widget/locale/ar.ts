// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const rules = new Intl.PluralRules('ar')
const characters = (count: number): string =>
  ({
    zero: 'لا شيء',
    one: 'حرف واحد',
    two: 'حرفان',
    few: `${count} أحرف`,
    many: `${count} حرفًا`,
    other: `${count} حرف`,
  })[rules.select(count)]
/** A name keeps its own direction. */
const isolated = (name: string): string => `\u2068${name}\u2069`

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'لا يوجد اتصال.',
  unavailable: 'الخدمة غير متاحة مؤقتًا.',
  rate_limited: 'عدد كبير من الرسائل دفعة واحدة؛ يُرجى الانتظار قليلًا.',
  too_large: 'النص طويل جدًا.',
  origin_refused: 'لا يمكن استخدام الدردشة في هذه الصفحة.',
}

export const texts: Texts = {
  language: 'ar',
  direction: 'rtl',
  launcher: {
    open: 'فتح الدردشة',
    unread: 'رسائل غير مقروءة',
    close: 'إغلاق الدردشة',
    message: 'اكتب رسالة…',
  },
  answering: (name) => `الرد من ${isolated(name)}`,
  answers: 'نرد عادةً هنا',
  messages: 'الرسائل',
  send: 'إرسال',
  remaining: (count) => (count < 0 ? `الزائد: ${characters(-count)}` : `المتبقي: ${characters(count)}`),
  you: 'أنت',
  sending: 'جارٍ الإرسال…',
  sent: 'تم الإرسال',
  delivered: 'تم التسليم',
  read: 'تمت المشاهدة',
  notSent: 'لم تُرسل.',
  reason: (code) => (code && reasons[code]) ?? 'حدث خطأ ما.',
  tryAgain: 'إعادة المحاولة',
  discard: 'تجاهل',
  today: 'اليوم',
  yesterday: 'أمس',
  joined: (name) => `${isolated(name)} معك الآن`,
  resolved: 'تم الحل',
  reopened: 'أُعيد فتح المحادثة',
  loading: 'جارٍ تحميل الرسائل',
  earlier: 'تحميل الرسائل السابقة',
  notConnected: 'تعذّر بدء الدردشة.',
  notLoaded: 'تعذّر تحميل الرسائل.',
  reconnecting: 'جارٍ إعادة الاتصال… ما تكتبه محفوظ وسيُرسل',
}
