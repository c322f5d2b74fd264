// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: '沒有網路連線。',
  unavailable: '服務暫時無法使用。',
  rate_limited: '傳送過於頻繁，請稍候。',
  too_large: '內容太長。',
  origin_refused: '此頁面無法使用聊天。',
}

export const texts: Texts = {
  language: 'zh-TW',
  direction: 'ltr',
  launcher: {
    open: '開啟聊天',
    unread: '未讀訊息',
    close: '關閉聊天',
    message: '輸入訊息…',
  },
  answering: (name) => `${name} 正在為您服務`,
  answers: '我們通常會在這裡回覆',
  messages: '訊息',
  send: '傳送',
  remaining: (count) => (count < 0 ? `超出 ${-count} 個字元` : `還可輸入 ${count} 個字元`),
  you: '您',
  sending: '傳送中…',
  sent: '已傳送',
  delivered: '已送達',
  read: '已讀',
  notSent: '未傳送。',
  reason: (code) => (code && reasons[code]) ?? '發生問題。',
  tryAgain: '重試',
  discard: '捨棄',
  today: '今天',
  yesterday: '昨天',
  joined: (name) => `${name} 已加入對話`,
  resolved: '已解決',
  reopened: '已重新開啟',
  loading: '正在載入訊息',
  earlier: '載入較早的訊息',
  notConnected: '無法開始聊天。',
  notLoaded: '無法載入訊息。',
  reconnecting: '正在重新連線… 您輸入的內容會保留並傳送',
}
