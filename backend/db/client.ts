export type Row = Record<string, unknown>

/**
 * Both engines give the same values: json and jsonb parsed, int8 as number, uuid, text and times as string
 * (as Postgres prints them, in UTC), bytea as Uint8Array, text[] and uuid[] as string[].
 * Parameters are strings, numbers, booleans, null, Uint8Array and string[]; json goes as its text.
 */
export interface Queryable {
  /**
   * Without parameters `text` may hold several statements; the rows are the last one's.
   * @throws {ChatError} what a function of ours refused, or `unavailable`; anything else is the driver's own error
   */
  query<R extends object = Row>(text: string, params?: readonly unknown[]): Promise<R[]>
  /** As `query`, each row as a list in the order of its columns: two columns of one name stay two. */
  tuples(text: string, params?: readonly unknown[]): Promise<unknown[][]>
}

export interface Db extends Queryable {
  readonly engine: 'pglite' | 'postgres'
  /** One session for what is asked all the time and is quick, for all of it waits in turn: its plans and caches stay warm. No arrays. */
  readonly warm: Queryable
  /**
   * Commits when `work` resolves, rolls back when it or any of its queries fails. Inside, only `tx` may be
   * used: a query of the database itself would wait for this transaction for ever, so it throws.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>
  /**
   * Resolves once it listens. The session comes back by itself when its connection is lost; what was notified
   * in between is lost, and `onListening` says so: false when the connection went, true when it is back.
   * Resolves with its stop.
   */
  listen(
    channel: string,
    onPayload: (payload: string) => void,
    onListening?: (listening: boolean) => void,
  ): Promise<() => Promise<void>>
  close(): Promise<void>
}
