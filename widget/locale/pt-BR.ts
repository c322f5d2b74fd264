// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'Sem conexão.',
  unavailable: 'O serviço está indisponível no momento.',
  rate_limited: 'Muitos envios de uma vez; aguarde um instante.',
  too_large: 'O texto é longo demais.',
  origin_refused: 'O chat não pode ser usado nesta página.',
}

export const texts: Texts = {
  language: 'pt-BR',
  direction: 'ltr',
  launcher: {
    open: 'Abrir chat',
    unread: 'mensagens não lidas',
    close: 'Fechar chat',
    message: 'Escreva uma mensagem…',
  },
  answering: (name) => `${name} está atendendo você`,
  answers: 'Costumamos responder por aqui',
  messages: 'Mensagens',
  send: 'Enviar',
  remaining: (count) => {
    if (count < 0) return `${-count} ${count > -2 ? 'caractere' : 'caracteres'} a mais`
    return count < 2 ? `Resta ${count} caractere` : `Restam ${count} caracteres`
  },
  you: 'Você',
  sending: 'Enviando…',
  sent: 'Enviada',
  delivered: 'Entregue',
  read: 'Vista',
  notSent: 'Não enviada.',
  reason: (code) => (code && reasons[code]) ?? 'Algo deu errado.',
  tryAgain: 'Tentar novamente',
  discard: 'Descartar',
  today: 'Hoje',
  yesterday: 'Ontem',
  joined: (name) => `${name} entrou na conversa`,
  resolved: 'Conversa resolvida',
  reopened: 'Conversa reaberta',
  loading: 'Carregando mensagens',
  earlier: 'Carregar mensagens anteriores',
  notConnected: 'Não foi possível iniciar o chat.',
  notLoaded: 'Não foi possível carregar as mensagens.',
  reconnecting: 'Reconectando… O que você escrever fica salvo e será enviado',
}
