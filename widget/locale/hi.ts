// Translated by machine, not yet reviewed by a native speaker.
import type { ErrorCode } from '../../sdk/index.js'
import type { Texts } from './texts.js'

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'कोई कनेक्शन नहीं है।',
  unavailable: 'सेवा अभी उपलब्ध नहीं है।',
  rate_limited: 'एक साथ बहुत ज़्यादा भेजा गया; कृपया थोड़ा रुकें।',
  too_large: 'टेक्स्ट बहुत लंबा है।',
  origin_refused: 'इस पेज पर चैट का इस्तेमाल नहीं किया जा सकता।',
}

export const texts: Texts = {
  language: 'hi',
  direction: 'ltr',
  launcher: {
    open: 'चैट खोलें',
    unread: 'अपठित संदेश',
    close: 'चैट बंद करें',
    message: 'संदेश लिखें…',
  },
  answering: (name) => `${name} जवाब दे रहे हैं`,
  answers: 'हम आम तौर पर यहीं जवाब देते हैं',
  messages: 'संदेश',
  send: 'भेजें',
  remaining: (count) => {
    if (count < 0) return `${-count} ${count > -2 ? 'अक्षर ज़्यादा है' : 'अक्षर ज़्यादा हैं'}`
    return `${count} ${count < 2 ? 'अक्षर बचा है' : 'अक्षर बचे हैं'}`
  },
  you: 'आप',
  sending: 'भेजा जा रहा है…',
  sent: 'भेजा गया',
  delivered: 'पहुँच गया',
  read: 'देखा गया',
  notSent: 'नहीं भेजा गया।',
  reason: (code) => (code && reasons[code]) ?? 'कुछ गड़बड़ हो गई।',
  tryAgain: 'फिर कोशिश करें',
  discard: 'हटाएँ',
  today: 'आज',
  // the word for yesterday is the one for tomorrow, too
  yesterday: 'बीता कल',
  joined: (name) => `${name} अब चैट में हैं`,
  resolved: 'समाधान हो गया',
  reopened: 'फिर से खोला गया',
  loading: 'संदेश लोड हो रहे हैं',
  earlier: 'पिछले संदेश लोड करें',
  notConnected: 'चैट शुरू नहीं हो सकी।',
  notLoaded: 'संदेश लोड नहीं हो सके।',
  reconnecting: 'फिर से कनेक्ट हो रहा है… आपका लिखा सुरक्षित है और भेज दिया जाएगा',
}
