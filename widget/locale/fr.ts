// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'Aucune connexion.',
  unavailable: 'Le service est momentanément indisponible.',
  rate_limited: 'Trop d’envois à la fois\u202f; veuillez patienter un instant.',
  too_large: 'Le texte est trop long.',
  origin_refused: 'Le chat ne peut pas être utilisé sur cette page.',
}

export const texts: Texts = {
  language: 'fr',
  direction: 'ltr',
  launcher: {
    open: 'Ouvrir le chat',
    unread: 'messages non lus',
    close: 'Fermer le chat',
    message: 'Écrivez un message…',
  },
  answering: (name) => `${name} vous répond`,
  answers: 'Nous répondons généralement ici',
  messages: 'Messages',
  send: 'Envoyer',
  remaining: (count) => {
    if (count < 0) return `${-count} ${count > -2 ? 'caractère' : 'caractères'} en trop`
    return count < 2 ? `${count} caractère restant` : `${count} caractères restants`
  },
  you: 'Vous',
  sending: 'Envoi en cours…',
  sent: 'Envoyé',
  delivered: 'Distribué',
  read: 'Vu',
  notSent: 'Non envoyé.',
  reason: (code) => (code && reasons[code]) ?? 'Une erreur est survenue.',
  tryAgain: 'Réessayer',
  discard: 'Abandonner',
  today: 'Aujourd’hui',
  yesterday: 'Hier',
  joined: (name) => `${name} a rejoint la conversation`,
  resolved: 'Conversation résolue',
  reopened: 'Conversation rouverte',
  loading: 'Chargement des messages',
  earlier: 'Charger les messages précédents',
  notConnected: 'Impossible de démarrer le chat.',
  notLoaded: 'Impossible de charger les messages.',
  reconnecting: 'Reconnexion… Votre texte est conservé et sera envoyé',
}
