// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: '没有网络连接。',
  unavailable: '服务暂时不可用。',
  rate_limited: '发送过于频繁，请稍候。',
  too_large: '内容太长。',
  origin_refused: '此页面无法使用聊天。',
}

export const texts: Texts = {
  language: 'zh-CN',
  direction: 'ltr',
  launcher: {
    open: '打开聊天',
    unread: '未读消息',
    close: '关闭聊天',
    message: '输入消息…',
  },
  answering: (name) => `${name} 正在为您解答`,
  answers: '我们通常在这里回复',
  messages: '消息',
  send: '发送',
  remaining: (count) => (count < 0 ? `超出 ${-count} 个字符` : `还可输入 ${count} 个字符`),
  you: '您',
  sending: '正在发送…',
  sent: '已发送',
  delivered: '已送达',
  read: '已读',
  notSent: '未发送。',
  reason: (code) => (code && reasons[code]) ?? '出了点问题。',
  tryAgain: '重试',
  discard: '放弃',
  today: '今天',
  yesterday: '昨天',
  joined: (name) => `${name} 已加入对话`,
  resolved: '已解决',
  reopened: '已重新打开',
  loading: '正在加载消息',
  earlier: '加载更早的消息',
  notConnected: '无法开始聊天。',
  notLoaded: '无法加载消息。',
  reconnecting: '正在重新连接… 您输入的内容会保留并发送',
}
