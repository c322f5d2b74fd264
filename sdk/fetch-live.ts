import { late } from './late.js'

/** Code that most of a chat's life needs and its first moment does not. */
export const fetchLive = late(() => import('./live.js'))
