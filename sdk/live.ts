// what a chat needs to talk to its server, as one chunk: to show, to type and to hand in do without
export { createCall, createSend } from './api.js'
export { createKeptDrafts } from './kept-drafts.js'
export { createLink } from './link.js'
export { createMessageFeed } from './message-feed.js'
export { loadEarlier, loadNewest } from './pages.js'
export { markReader } from './read-marks.js'
export { visitorSession } from './visitor-session.js'
