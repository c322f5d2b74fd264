// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: '接続されていません。',
  unavailable: 'サービスは一時的にご利用いただけません。',
  rate_limited: '一度に送信された件数が多すぎます。少しお待ちください。',
  too_large: '文章が長すぎます。',
  origin_refused: 'このページではチャットをご利用いただけません。',
}

export const texts: Texts = {
  language: 'ja',
  direction: 'ltr',
  launcher: {
    open: 'チャットを開く',
    unread: '未読メッセージ',
    close: 'チャットを閉じる',
    message: 'メッセージを入力…',
  },
  answering: (name) => `${name}が対応しています`,
  answers: '通常こちらで返信します',
  messages: 'メッセージ',
  send: '送信',
  remaining: (count) => (count < 0 ? `${-count}文字超過` : `残り${count}文字`),
  you: 'あなた',
  sending: '送信中…',
  sent: '送信済み',
  delivered: '配信済み',
  read: '既読',
  notSent: '送信できませんでした。',
  reason: (code) => (code && reasons[code]) ?? 'エラーが発生しました。',
  tryAgain: '再試行',
  discard: '破棄',
  today: '今日',
  yesterday: '昨日',
  joined: (name) => `${name}が参加しました`,
  resolved: '解決しました',
  reopened: '再開しました',
  loading: 'メッセージを読み込んでいます',
  earlier: '以前のメッセージを読み込む',
  notConnected: 'チャットを開始できません。',
  notLoaded: 'メッセージを読み込めません。',
  reconnecting: '再接続しています… 入力内容は保存され、後で送信されます',
}
