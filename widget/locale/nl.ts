// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'Er is geen verbinding.',
  unavailable: 'De dienst is even niet bereikbaar.',
  rate_limited: 'Dat was veel tegelijk; wacht even.',
  too_large: 'De tekst is te lang.',
  origin_refused: 'De chat mag op deze pagina niet worden gebruikt.',
}

export const texts: Texts = {
  language: 'nl',
  direction: 'ltr',
  launcher: {
    open: 'Chat openen',
    unread: 'ongelezen berichten',
    close: 'Chat sluiten',
    message: 'Schrijf een bericht…',
  },
  answering: (name) => `${name} helpt u`,
  answers: 'Meestal antwoorden we hier',
  messages: 'Berichten',
  send: 'Versturen',
  remaining: (count) => {
    const characters = Math.abs(count) === 1 ? 'teken' : 'tekens'
    return count < 0 ? `${-count} ${characters} te veel` : `Nog ${count} ${characters}`
  },
  you: 'U',
  sending: 'Wordt verstuurd…',
  sent: 'Verstuurd',
  delivered: 'Afgeleverd',
  read: 'Gezien',
  notSent: 'Niet verstuurd.',
  reason: (code) => (code && reasons[code]) ?? 'Er is iets misgegaan.',
  tryAgain: 'Opnieuw proberen',
  discard: 'Weggooien',
  today: 'Vandaag',
  yesterday: 'Gisteren',
  joined: (name) => `${name} doet nu mee`,
  resolved: 'Opgelost',
  reopened: 'Heropend',
  loading: 'Berichten worden geladen',
  earlier: 'Eerdere berichten laden',
  notConnected: 'De chat kan niet worden gestart.',
  notLoaded: 'De berichten kunnen niet worden geladen.',
  reconnecting: 'Opnieuw verbinden… Wat u schrijft, blijft bewaard en wordt verstuurd',
}
