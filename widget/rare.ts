// what few pages need, and before anything is drawn
export { heedMode } from './mode.js'
export { stillChat } from './still-chat.js'
