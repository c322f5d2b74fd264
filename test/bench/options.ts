import { parseArgs } from 'node:util'
import { type Engine, engines } from '../support/database.js'

export interface Options {
  engines: Engine[]
  /** Names of systems; all when empty. */
  only: string[]
  conversations: number[]
  /** Messages per second, rising; a system is not asked for more once it is past its knee. */
  rates: number[]
  seconds: number
  /** Each system has its turn in each round; what is printed is the middle one. */
  rounds: number
  json: string | undefined
}

const numbers = (text: string) => text.split(',').map(Number)

/** @throws {TypeError} naming an option that is not known */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean' },
      engine: { type: 'string' },
      only: { type: 'string' },
      conversations: { type: 'string' },
      rates: { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const usual = values.quick
    ? { conversations: '1000', rates: '50,1000', seconds: '4', rounds: '1' }
    : { conversations: '1,200,1000', rates: '50,200,500,1000,1500,2000,3000,4000,5000,6000', seconds: '6', rounds: '3' }
  return {
    engines: engines.filter((engine) => !values.engine || engine === values.engine),
    only: values.only?.split(',') ?? [],
    conversations: numbers(values.conversations ?? usual.conversations),
    rates: numbers(values.rates ?? usual.rates),
    seconds: Number(values.seconds ?? usual.seconds),
    rounds: Number(values.rounds ?? usual.rounds),
    json: values.json,
  }
}
