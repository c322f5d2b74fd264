/** One deliberate breakage: `find` stands exactly once in `file`. */
export interface Mutant {
  name: string
  file: string
  find: string
  replace: string
  /** The tests that are fast and near. */
  suites: readonly string[]
}

const sdk = ['test/sdk', 'test/faults/simulator']
const sql = ['test/contract', 'test/backend/messages', 'test/backend/sync', 'test/backend/conversations']

export const mutants: Mutant[] = [
  {
    name: 'I1 a catch-up is fetched and not applied',
    file: 'sdk/client.ts',
    find: 'for (const log of answer.open) conversations.get(log.conversationId)?.caughtUp(log)',
    replace: '',
    suites: sdk,
  },
  {
    name: 'I1 a request without an answer counts as refused',
    file: 'sdk/retry.ts',
    find: "code === 'network' || code === 'timeout'",
    replace: "code === 'timeout'",
    suites: sdk,
  },
  {
    name: 'I2 a retry takes a new key',
    file: 'sdk/outbox.ts',
    find: 'await options.deliver({ idempotencyKey, body })',
    replace: 'await options.deliver({ idempotencyKey: idempotencyKey + (entry.attempts || ""), body })',
    suites: sdk,
  },
  {
    name: 'I2 a stored draft stays on the screen',
    file: 'sdk/thread-items.ts',
    find: "key: own ? message.idempotencyKey : message.id, message, state: 'sent', own }",
    replace: "key: message.id, message, state: 'sent', own }",
    suites: sdk,
  },
  {
    name: 'I4 what lies beyond a hole is shown',
    file: 'sdk/thread.ts',
    find: 'if (event.seq > cursor + 1) break',
    replace: '',
    suites: sdk,
  },
  {
    name: 'I5 a draft that has to wait lets the others pass',
    file: 'sdk/outbox.ts',
    find: "change(entry, 'queued', error)",
    replace: "entries = [...entries.filter((other) => other !== entry), entry]; change(entry, 'queued', error)",
    suites: sdk,
  },
  {
    name: 'I5 the last draft goes first',
    file: 'sdk/outbox.ts',
    find: 'entries.push(entry)',
    replace: 'entries.unshift(entry)',
    suites: sdk,
  },
  {
    name: 'I6 the last mark heard counts, not the highest',
    file: 'sdk/thread.ts',
    find: 'const readSeq = Math.max(one.readSeq, other.readSeq)',
    replace: 'const readSeq = other.readSeq',
    suites: sdk,
  },
  {
    name: 'I9 a head moves the cursor',
    file: 'sdk/thread.ts',
    find: 'head: newer, known: Math.max(state.known, head.seq) })',
    replace: 'head: newer, cursor: Math.max(state.cursor, head.seq), known: Math.max(state.known, head.seq) })',
    suites: sdk,
  },
  {
    name: 'I10 nobody asks after a quiet time',
    file: 'sdk/link.ts',
    find: 'void every(clock, sync.quietMs, () => !fallback && catchUp(stop), stop)',
    replace: 'void every',
    suites: sdk,
  },
  {
    name: 'I10 nobody asks after a rejoin',
    file: 'sdk/link.ts',
    find: 'void catchUp(stop)\n  }\n\n  function onLeft',
    replace: '}\n\n  function onLeft',
    suites: sdk,
  },
  {
    name: 'I10 a hole is left until a quiet time is over',
    file: 'sdk/sync.ts',
    find: 'if (!options.signal.aborted && asked.some((needed) => needed())) now().catch(() => {})',
    replace: 'void asked',
    suites: sdk,
  },
  {
    name: 'I2 a known key is written again',
    file: 'migrations/functions/send_message.sql',
    find: 'if known.seq is not null then',
    replace: 'if false then',
    suites: sql,
  },
  {
    name: 'I2 a key with another body answers as if it were stored',
    file: 'migrations/functions/known_event.sql',
    find: 'event.payload_hash <> in_hash',
    replace: 'false',
    suites: sql,
  },
  {
    name: 'I3 a seq is left out',
    file: 'migrations/functions/append_event.sql',
    find: "last_seq = h.last_seq + (in_log = 'public')::int",
    replace: "last_seq = h.last_seq + 2 * (in_log = 'public')::int",
    suites: sql,
  },
  {
    name: 'I6 a mark goes back',
    file: 'migrations/functions/mark_receipt.sql',
    find: 'greatest(before.read_seq, least(in_read_seq, head_seq))',
    replace: 'least(in_read_seq, head_seq)',
    suites: sql,
  },
  {
    name: 'I6 a mark goes beyond the head',
    file: 'migrations/functions/mark_receipt.sql',
    find: 'greatest(before.read_seq, least(in_read_seq, head_seq))',
    replace: 'greatest(before.read_seq, in_read_seq)',
    suites: sql,
  },
  {
    name: 'I9 a catch-up begins one too late',
    file: 'migrations/functions/log_page.sql',
    find: 'e.seq > in_after',
    replace: 'e.seq > in_after + 1',
    suites: sql,
  },
  {
    name: 'I10 nothing is told',
    file: 'migrations/functions/send_message.sql',
    find: 'perform publish_events(conversation.id, written);',
    replace: '',
    suites: sql,
  },
  {
    name: 'I14 any contact sees any conversation',
    file: 'migrations/functions/sees_conversation.sql',
    find: 'c.contact_id = actor_id',
    replace: 'true',
    suites: sql,
  },
  {
    name: 'I13 a closed client goes on asking',
    file: 'sdk/conversation.ts',
    find: 'if (!id || ended.signal.aborted || !host.isConnected())',
    replace: 'if (!id || !host.isConnected())',
    suites: sdk,
  },
  {
    name: 'I13 a digest calls for the next at once',
    file: 'sdk/sync.ts',
    find: 'quietMs: () => quietMs * (2 / 3 + random() * (2 / 3)),',
    replace: 'quietMs: () => 1,',
    suites: sdk,
  },
]
