// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const rules = new Intl.PluralRules('uk')
const characters: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'символ', few: 'символи', many: 'символів' }

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'Немає з’єднання.',
  unavailable: 'Сервіс тимчасово недоступний.',
  rate_limited: 'Забагато за один раз; зачекайте трохи.',
  too_large: 'Текст задовгий.',
  origin_refused: 'На цій сторінці чат використовувати не можна.',
}

export const texts: Texts = {
  language: 'uk',
  direction: 'ltr',
  launcher: {
    open: 'Відкрити чат',
    unread: 'непрочитані повідомлення',
    close: 'Закрити чат',
    message: 'Напишіть повідомлення…',
  },
  answering: (name) => `Вам відповідає ${name}`,
  answers: 'Зазвичай ми відповідаємо тут',
  messages: 'Повідомлення',
  send: 'Надіслати',
  remaining: (count) => {
    const left = Math.abs(count)
    return `${count < 0 ? 'Зайве:' : 'Ще'} ${left} ${characters[rules.select(left)]}`
  },
  you: 'Ви',
  sending: 'Надсилається…',
  sent: 'Надіслано',
  delivered: 'Доставлено',
  read: 'Переглянуто',
  notSent: 'Не надіслано.',
  reason: (code) => (code && reasons[code]) ?? 'Щось пішло не так.',
  tryAgain: 'Повторити',
  discard: 'Видалити',
  today: 'Сьогодні',
  yesterday: 'Учора',
  joined: (name) => `${name} тепер у чаті`,
  resolved: 'Питання вирішено',
  reopened: 'Розмову відкрито знову',
  loading: 'Завантаження повідомлень',
  earlier: 'Завантажити попередні повідомлення',
  notConnected: 'Не вдається розпочати чат.',
  notLoaded: 'Не вдається завантажити повідомлення.',
  reconnecting: 'Відновлюємо з’єднання… Ваш текст збережеться і буде надісланий',
}
