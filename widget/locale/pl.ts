// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const rules = new Intl.PluralRules('pl')
const characters: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'znak', few: 'znaki', many: 'znaków' }

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'Brak połączenia.',
  unavailable: 'Usługa jest chwilowo niedostępna.',
  rate_limited: 'Zbyt wiele naraz; proszę chwilę poczekać.',
  too_large: 'Tekst jest za długi.',
  origin_refused: 'Na tej stronie nie można korzystać z czatu.',
}

export const texts: Texts = {
  language: 'pl',
  direction: 'ltr',
  launcher: {
    open: 'Otwórz czat',
    unread: 'nieprzeczytane wiadomości',
    close: 'Zamknij czat',
    message: 'Napisz wiadomość…',
  },
  answering: (name) => `Odpowiada ${name}`,
  answers: 'Zwykle odpowiadamy tutaj',
  messages: 'Wiadomości',
  send: 'Wyślij',
  remaining: (count) => {
    const left = Math.abs(count)
    return `${count < 0 ? 'Za dużo o' : 'Jeszcze'} ${left} ${characters[rules.select(left)]}`
  },
  you: 'Ty',
  sending: 'Wysyłanie…',
  sent: 'Wysłano',
  delivered: 'Dostarczono',
  read: 'Wyświetlono',
  notSent: 'Nie wysłano.',
  reason: (code) => (code && reasons[code]) ?? 'Coś poszło nie tak.',
  tryAgain: 'Spróbuj ponownie',
  discard: 'Odrzuć',
  today: 'Dzisiaj',
  yesterday: 'Wczoraj',
  joined: (name) => `${name} jest teraz na czacie`,
  resolved: 'Rozwiązano',
  reopened: 'Otwarto ponownie',
  loading: 'Ładowanie wiadomości',
  earlier: 'Załaduj wcześniejsze wiadomości',
  notConnected: 'Nie można rozpocząć czatu.',
  notLoaded: 'Nie można załadować wiadomości.',
  reconnecting: 'Ponowne łączenie… Wpisany tekst zostanie zachowany i wysłany',
}
