// what people do to messages and beside them, fetched when it is first done or a conversation is opened
export { createMessageActs } from './message-acts.js'
export { keepPresence } from './presence.js'
export { rate } from './rate.js'
export { createTypist } from './typing.js'
