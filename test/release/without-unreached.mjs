const cut = (code, part, instead = '') => {
  if (!part.test(code)) throw new Error(`unable to leave out ${part}; the realtime client has changed`)
  return code.replace(part, instead)
}

const unreached = {
  'RealtimePostgresFilterBuilder.js': () =>
    'export class RealtimePostgresFilterBuilder {}\nexport const postgresChangesFilter = null',
  'presenceAdapter.js': () => 'export default class { state = {} }',
  'websocket-factory.js': () => 'export default {}',
  'phoenix.mjs': (code) => {
    const [, before, address, after] =
      /^([^]*?\nvar Ajax = class {\n)[^]*?(  static serialize[^]*?\n};\n)[^]*?(\nvar Presence = [^]*)$/.exec(code)
    const [, more, rest] = /^([^]*?)\nvar serializer_default = {[^]*?\n};\n([^]*)$/.exec(after)
    const socket = `var LongPoll = class {}, serializer_default = { encode() {}, decode() {} };${more}${rest}`
    const lean = [
      / {2}ping\(callback\) {[^]*?(?= {2}transportConnect\()/,
      / {2}getSession\(key\) {[^]*?(?= {2}clearHeartbeats\()/,
      / {2}replaceTransport\([^]*?\n {2}}\n/,
      / {4}let envSessionStorage = [^]*?opts\.sessionStorage \|\| envSessionStorage;\n/,
      / {4}if \(this\.longPollFallbackMs && [^]*?} else/,
    ].reduce((code, part) => cut(code, part), socket)
    return `${before}${address}${lean}`
  },
  'transformers.js': (code) =>
    `export const convertChangeData = null\n${/export const httpEndpointURL[^]*?\n};/.exec(code)[0]}`,
  'RealtimeChannel.js': (code) => {
    const sent = cut(code, / {4}async httpSend\([^]*?\n {4}}\n/)
    return cut(sent, /if \(!this\.channelAdapter\.canPush\(\) && args\.type === 'broadcast'\) {[^]*?\n {8}else {/, '{')
  },
  'RealtimeClient.js': (code) => {
    const lean = cut(code, /if \(errorMessage\.includes\('Node\.js'\)\) {[^]*?\n {12}}/)
    const unworked = cut(lean, /_startWorkerHeartbeat\(\) {[^]*?\n {4}_initializeOptions/, '_initializeOptions')
    return cut(unworked, /this\._terminateWorker\(\);/g)
      .replace('this._startWorkerHeartbeat();', '')
      .replace(/this\.worker = .*/, '')
      .replace(/this\.worker(?= &&|\))/g, 'false')
      .replace(/: resolveSessionStorage\(\)/, ': {}')
  },
}

/**
 * Leaves out of the realtime client what our use of it never reaches: rows of tables (the server refuses
 * postgres_changes), the search for a WebSocket in old runtimes (it is handed one), presence, its own long polls and the way
 * back to them, broadcasts by HTTP, beats in a worker, advice for Node, and the format that its wrapper replaces.
 */
export const withoutUnreached = {
  name: 'without-unreached',
  transform(code, id) {
    const file = /@supabase\/(?:realtime-js|phoenix)\/.*?([^/]+)$/.exec(id)?.[1]
    return unreached[file] ? { code: unreached[file](code), map: null } : null
  },
}
