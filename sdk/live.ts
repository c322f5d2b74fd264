// what only a connected chat needs, fetched as one
export { createLink } from './link.js'
export { loadEarlier, loadNewest } from './pages.js'
export { markReader } from './read-marks.js'
