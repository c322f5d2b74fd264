// what people do to messages and beside them, fetched when it is first done
export { createMessageActs } from './message-acts.js'
export { createTypist } from './typing.js'
