import { createHash, createHmac, randomBytes } from 'node:crypto'

/** Generations looked ahead for a secret that was used before: a day of refreshing every 15 minutes. */
const MAX_GENERATIONS = 96

export const newRefreshSecret = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a secret, in hexadecimal. */
export const hashOf = (refreshSecret: string): string => createHash('sha256').update(refreshSecret).digest('hex')

/** The one secret that follows this one: whoever asks twice is given the same. */
export const successorOf = (refreshSecret: string, key: string): string =>
  createHmac('sha256', key).update(refreshSecret).digest('base64url')

/** This secret and those that would follow it, in order. */
export function generationsOf(refreshSecret: string, key: string): string[] {
  const generations = [refreshSecret]
  while (generations.length < MAX_GENERATIONS) generations.push(successorOf(generations.at(-1)!, key))
  return generations
}
