// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: '연결되어 있지 않습니다.',
  unavailable: '서비스를 잠시 이용할 수 없습니다.',
  rate_limited: '한 번에 너무 많이 보냈습니다. 잠시 기다려 주세요.',
  too_large: '글이 너무 깁니다.',
  origin_refused: '이 페이지에서는 채팅을 이용할 수 없습니다.',
}

export const texts: Texts = {
  language: 'ko',
  direction: 'ltr',
  launcher: {
    open: '채팅 열기',
    unread: '읽지 않은 메시지',
    close: '채팅 닫기',
    message: '메시지를 입력하세요…',
  },
  answering: (name) => `${name} 님이 답변 중입니다`,
  answers: '보통 여기에서 답변해 드립니다',
  messages: '메시지',
  send: '보내기',
  remaining: (count) => (count < 0 ? `${-count}자 초과` : `${count}자 남음`),
  you: '나',
  sending: '보내는 중…',
  sent: '보냄',
  delivered: '전달됨',
  read: '읽음',
  notSent: '보내지 못했습니다.',
  reason: (code) => (code && reasons[code]) ?? '문제가 발생했습니다.',
  tryAgain: '다시 시도',
  discard: '보내기 취소',
  today: '오늘',
  yesterday: '어제',
  joined: (name) => `${name} 님이 참여했습니다`,
  resolved: '해결됨',
  reopened: '다시 열림',
  loading: '메시지를 불러오는 중',
  earlier: '이전 메시지 불러오기',
  notConnected: '채팅을 시작할 수 없습니다.',
  notLoaded: '메시지를 불러올 수 없습니다.',
  reconnecting: '다시 연결하는 중… 작성한 내용은 보관되었다가 전송됩니다',
}
