import { parseArgs, type ParseArgsConfig } from 'node:util'

/** The command line was not understood: exit code 2. */
export class UsageError extends Error {}

export interface Command {
  /** One line in the list of commands. */
  summary: string
  help: string
  /** Resolves with the exit code. */
  run(args: string[], signal: AbortSignal): Promise<number>
}

/** @throws {UsageError} naming what was not understood */
export function readArgs<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    // the first sentence; what follows explains the parser
    throw new UsageError((error as Error).message.split('. ')[0])
  }
}
