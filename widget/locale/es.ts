// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'No hay conexión.',
  unavailable: 'El servicio no está disponible por el momento.',
  rate_limited: 'Demasiados envíos a la vez; espere un momento.',
  too_large: 'El texto es demasiado largo.',
  origin_refused: 'El chat no se puede usar en esta página.',
}

export const texts: Texts = {
  language: 'es',
  direction: 'ltr',
  launcher: {
    open: 'Abrir chat',
    unread: 'mensajes sin leer',
    close: 'Cerrar chat',
    message: 'Escriba un mensaje…',
  },
  answering: (name) => `Le atiende ${name}`,
  answers: 'Solemos responder aquí',
  messages: 'Mensajes',
  send: 'Enviar',
  remaining: (count) => {
    if (count < 0) return count === -1 ? 'Sobra 1 carácter' : `Sobran ${-count} caracteres`
    return count === 1 ? 'Queda 1 carácter' : `Quedan ${count} caracteres`
  },
  you: 'Usted',
  sending: 'Enviando…',
  sent: 'Enviado',
  delivered: 'Entregado',
  read: 'Visto',
  notSent: 'No enviado.',
  reason: (code) => (code && reasons[code]) ?? 'Se ha producido un error.',
  tryAgain: 'Reintentar',
  discard: 'Descartar',
  today: 'Hoy',
  yesterday: 'Ayer',
  joined: (name) => `${name} se ha unido al chat`,
  resolved: 'Conversación resuelta',
  reopened: 'Conversación reabierta',
  loading: 'Cargando mensajes',
  earlier: 'Cargar mensajes anteriores',
  notConnected: 'No se puede iniciar el chat.',
  notLoaded: 'No se pueden cargar los mensajes.',
  reconnecting: 'Reconectando… Lo que escriba se conserva y se enviará',
}
