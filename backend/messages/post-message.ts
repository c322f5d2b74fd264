import { conversationParam } from '../conversations/shapes.js'
import { bearerToken, namedActor } from '../http/actor.js'
import type { Answered } from '../http/answer-headers.js'
import type { AppEnv } from '../http/app-env.js'
import type { Asked } from '../http/direct.js'
import { jsonIn, parse } from '../http/parse.js'
import { payersOf } from '../http/rate-limit.js'
import { sendTogether } from './send-together.js'
import * as shapes from './shapes.js'
import { written } from './written.js'

/** What a send is answered from. */
export type PostParts = Pick<AppEnv['Variables'], 'db' | 'teller' | 'buckets' | 'verifyToken'>

/** A message is posted: who, how often, what. @throws {ChatError} */
export async function postMessage(
  { db, teller, buckets, verifyToken }: PostParts,
  { header, address, param, body }: Asked,
): Promise<Answered> {
  // the write asks whether the session still stands
  const actor = namedActor(await verifyToken(bearerToken(header('authorization'))))
  buckets.take('write', payersOf(actor, address))
  const { conversationId } = parse(conversationParam, { conversationId: param })
  const draft = parse(shapes.draft, jsonIn(header('content-type'), body))
  const { event, isReplay } = await sendTogether({ db, teller }, actor, conversationId, draft)
  return written(event, isReplay)
}
