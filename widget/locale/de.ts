// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'Es besteht keine Verbindung.',
  unavailable: 'Der Dienst ist gerade nicht erreichbar.',
  rate_limited: 'Das war viel auf einmal; bitte warten Sie kurz.',
  too_large: 'Der Text ist zu lang.',
  origin_refused: 'Der Chat darf auf dieser Seite nicht verwendet werden.',
}

export const texts: Texts = {
  language: 'de',
  direction: 'ltr',
  launcher: {
    open: 'Chat öffnen',
    unread: 'ungelesene Nachrichten',
    close: 'Chat schließen',
    message: 'Nachricht schreiben…',
  },
  answering: (name) => `${name} antwortet`,
  answers: 'Wir antworten meistens hier',
  messages: 'Nachrichten',
  send: 'Senden',
  remaining: (count) => (count < 0 ? `${-count} Zeichen zu viel` : `noch ${count} Zeichen`),
  you: 'Sie',
  sending: 'Wird gesendet…',
  sent: 'Gesendet',
  delivered: 'Zugestellt',
  read: 'Gesehen',
  notSent: 'Nicht gesendet.',
  reason: (code) => (code && reasons[code]) ?? 'Etwas ist schiefgegangen.',
  tryAgain: 'Erneut versuchen',
  discard: 'Verwerfen',
  today: 'Heute',
  yesterday: 'Gestern',
  joined: (name) => `${name} ist jetzt dabei`,
  resolved: 'Gelöst',
  reopened: 'Wieder geöffnet',
  loading: 'Nachrichten werden geladen',
  earlier: 'Frühere Nachrichten laden',
  notConnected: 'Der Chat kann nicht gestartet werden.',
  notLoaded: 'Die Nachrichten können nicht geladen werden.',
  reconnecting: 'Verbindung wird wiederhergestellt… Ihr Text bleibt erhalten und wird gesendet',
}
