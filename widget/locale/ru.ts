// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const rules = new Intl.PluralRules('ru')
const characters: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'символ', few: 'символа', many: 'символов' }

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'Нет соединения.',
  unavailable: 'Сервис временно недоступен.',
  rate_limited: 'Слишком много за один раз; подождите немного.',
  too_large: 'Текст слишком длинный.',
  origin_refused: 'На этой странице чат использовать нельзя.',
}

export const texts: Texts = {
  language: 'ru',
  direction: 'ltr',
  launcher: {
    open: 'Открыть чат',
    unread: 'непрочитанные сообщения',
    close: 'Закрыть чат',
    message: 'Напишите сообщение…',
  },
  answering: (name) => `Вам отвечает ${name}`,
  answers: 'Обычно мы отвечаем здесь',
  messages: 'Сообщения',
  send: 'Отправить',
  remaining: (count) => {
    const left = Math.abs(count)
    return `${count < 0 ? 'Лишнее:' : 'Ещё'} ${left} ${characters[rules.select(left)]}`
  },
  you: 'Вы',
  sending: 'Отправляется…',
  sent: 'Отправлено',
  delivered: 'Доставлено',
  read: 'Просмотрено',
  notSent: 'Не отправлено.',
  reason: (code) => (code && reasons[code]) ?? 'Что-то пошло не так.',
  tryAgain: 'Повторить',
  discard: 'Удалить',
  today: 'Сегодня',
  yesterday: 'Вчера',
  joined: (name) => `${name} теперь в чате`,
  resolved: 'Вопрос решён',
  reopened: 'Диалог открыт снова',
  loading: 'Загрузка сообщений',
  earlier: 'Загрузить предыдущие сообщения',
  notConnected: 'Не удаётся начать чат.',
  notLoaded: 'Не удаётся загрузить сообщения.',
  reconnecting: 'Восстанавливаем соединение… Ваш текст сохранится и будет отправлен',
}
