// what a chat needs to talk to its server, as one chunk: to show, to type and to hand in do without
export { createCall, createSend } from './api.js'
export { insist } from './insist.js'
export { createKeptDrafts } from './kept-drafts.js'
export { createMessageFeed } from './message-feed.js'
export { loadEarlier, loadNewest } from './pages.js'
export { createPresentLink } from './present-link.js'
export { markReader } from './read-marks.js'
export { keepSession } from './session.js'
// signing out has to work offline, too
export { createVisitorActs } from './visitor-acts.js'
export { visitorSession } from './visitor-session.js'
export { whenBack } from './when-back.js'
