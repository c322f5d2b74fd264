// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'Bağlantı yok.',
  unavailable: 'Hizmete şu anda ulaşılamıyor.',
  rate_limited: 'Bir kerede çok fazla gönderim yapıldı; lütfen biraz bekleyin.',
  too_large: 'Metin çok uzun.',
  origin_refused: 'Sohbet bu sayfada kullanılamaz.',
}

export const texts: Texts = {
  language: 'tr',
  direction: 'ltr',
  launcher: {
    open: 'Sohbeti aç',
    unread: 'okunmamış mesajlar',
    close: 'Sohbeti kapat',
    message: 'Mesaj yazın…',
  },
  answering: (name) => `${name} yanıtlıyor`,
  answers: 'Genellikle buradan yanıt veririz',
  messages: 'Mesajlar',
  send: 'Gönder',
  remaining: (count) => (count < 0 ? `${-count} karakter fazla` : `${count} karakter kaldı`),
  you: 'Siz',
  sending: 'Gönderiliyor…',
  sent: 'Gönderildi',
  delivered: 'İletildi',
  read: 'Görüldü',
  notSent: 'Gönderilemedi.',
  reason: (code) => (code && reasons[code]) ?? 'Bir sorun oluştu.',
  tryAgain: 'Yeniden dene',
  discard: 'Vazgeç',
  today: 'Bugün',
  yesterday: 'Dün',
  joined: (name) => `${name} sohbete katıldı`,
  resolved: 'Çözüldü',
  reopened: 'Yeniden açıldı',
  loading: 'Mesajlar yükleniyor',
  earlier: 'Önceki mesajları yükle',
  notConnected: 'Sohbet başlatılamıyor.',
  notLoaded: 'Mesajlar yüklenemiyor.',
  reconnecting: 'Yeniden bağlanılıyor… Yazdıklarınız saklanır ve gönderilir',
}
