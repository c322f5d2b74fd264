// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'Nessuna connessione.',
  unavailable: 'Il servizio non è al momento disponibile.',
  rate_limited: 'Troppi invii in una volta; attenda un momento.',
  too_large: 'Il testo è troppo lungo.',
  origin_refused: 'La chat non può essere usata in questa pagina.',
}

export const texts: Texts = {
  language: 'it',
  direction: 'ltr',
  launcher: {
    open: 'Apri la chat',
    unread: 'messaggi non letti',
    close: 'Chiudi la chat',
    message: 'Scriva un messaggio…',
  },
  answering: (name) => `Le risponde ${name}`,
  answers: 'Di solito rispondiamo qui',
  messages: 'Messaggi',
  send: 'Invia',
  remaining: (count) => {
    if (count < 0) return `${-count} ${count === -1 ? 'carattere' : 'caratteri'} di troppo`
    return count === 1 ? '1 carattere rimasto' : `${count} caratteri rimasti`
  },
  you: 'Lei',
  sending: 'Invio in corso…',
  sent: 'Inviato',
  delivered: 'Consegnato',
  read: 'Visto',
  notSent: 'Non inviato.',
  reason: (code) => (code && reasons[code]) ?? 'Si è verificato un errore.',
  tryAgain: 'Riprova',
  discard: 'Scarta',
  today: 'Oggi',
  yesterday: 'Ieri',
  joined: (name) => `${name} è ora in chat`,
  resolved: 'Conversazione risolta',
  reopened: 'Conversazione riaperta',
  loading: 'Caricamento dei messaggi',
  earlier: 'Carica i messaggi precedenti',
  notConnected: 'Impossibile avviare la chat.',
  notLoaded: 'Impossibile caricare i messaggi.',
  reconnecting: 'Riconnessione in corso… Ciò che scrive viene conservato e sarà inviato',
}
