import type { History, View } from './history.js'

/** What is broken, one line per case; empty when it holds. */
export type Invariant = (history: History) => string[]

export const toTheEnd = (history: History): View[] => history.views.filter(({ isLeft }) => !isLeft)
export const nameOf = (view: View): string => `${view.client} in ${view.conversationId}`
