import type {
  ConversationDetail,
  ConversationPage,
  Inbox,
  MessagePage,
  PageVisit,
  VisitorExport,
} from '../../sdk/protocol/index.js'
import { conversationPath, sync } from '../support/builders.js'
import type { Person } from './row-security-world.js'

/** The route whose rows a person's select has to equal, or why there is none. */
export const apiSide: Record<string, { route: string } | { reason: string }> = {
  'public.workspaces': { reason: 'named once, at sign-in: `POST /v1/agent/token`' },
  'public.inboxes': { route: 'GET /v1/inboxes' },
  'public.inbox_agents': { reason: 'no route lists members yet; who sees an inbox may know who else does' },
  'public.agents': { reason: 'no route lists agents yet; their names stand in heads and events' },
  'public.teams': { reason: 'no route lists teams yet' },
  'public.team_agents': { reason: 'no route lists teams yet' },
  'public.contacts': { route: 'GET /v1/conversations, `contact`; a visitor’s own: `POST /v1/visitor/sessions`' },
  'public.contact_pages': { route: 'GET /v1/conversations/:id/pages; a visitor’s own: `GET /v1/visitor/export`' },
  'public.contact_sessions': { reason: 'hashes of refresh secrets; nobody’s but the API’s' },
  'public.conversations': { route: 'GET /v1/conversations' },
  'public.conversation_heads': { route: 'GET /v1/conversations, `seq`' },
  'public.participants': { route: 'GET /v1/conversations/:id, `receipts`' },
  'public.events': { route: 'POST /v1/sync, both logs' },
  'public.messages': { route: 'GET /v1/conversations/:id/messages, and the internal log of POST /v1/sync' },
  'public.ratings': { reason: 'told as `conversation.rated` in the public log, of which the rows are compared' },
  'public.presences': { reason: 'told as a state by `PUT /v1/presence`; to a visitor never since when' },
  'sign_in."user"': { reason: 'of the sign-in library alone' },
  'sign_in.session': { reason: 'of the sign-in library alone' },
  'sign_in.account': { reason: 'of the sign-in library alone' },
  'sign_in.verification': { reason: 'of the sign-in library alone' },
  'parley.migrations': { reason: 'of the migrations alone' },
  'realtime.messages': { reason: 'by topic, below; without a topic nothing' },
  'realtime.listeners': { reason: 'of the processes alone' },
}

/** What the API gives this person of each table that has a route, by the keys of row-security-cells.ts. */
export async function apiRows({ api, visitor }: Person): Promise<Record<string, string[]>> {
  const list = await api?.get<ConversationPage>('/v1/conversations?view=all&limit=200')
  const heads = (list?.status === 200 && list.body.items) || []
  if (list?.status === 200 && list.body.nextCursor) throw new Error('the world has outgrown a page')
  const inboxes = await api?.get<{ items: Inbox[] }>('/v1/inboxes')

  const receipts: string[] = []
  const events: string[] = []
  const messages: string[] = []
  for (const { conversationId } of heads) {
    const detail = await api!.get<ConversationDetail>(conversationPath(conversationId))
    receipts.push(...detail.body.receipts.map(({ actor, readSeq }) => `${conversationId} ${actor.id} ${readSeq}`))
    const page = await api!.get<MessagePage>(conversationPath(conversationId, '/messages'))
    messages.push(...page.body.items.map(({ id }) => id))
    const { open } = await sync(api!, { open: [{ conversationId, epoch: '', seq: 0, internalSeq: 0 }] })
    for (const event of open[0]!.events) {
      events.push(`${conversationId} ${event.log} ${event.seq}`)
      if (event.log === 'internal' && event.messageId) messages.push(event.messageId)
    }
  }
  const steps = new Set<string>()
  for (const { conversationId, contact } of visitor ? [] : heads) {
    const { items } = (await api!.get<{ items: PageVisit[] }>(conversationPath(conversationId, '/pages'))).body
    for (const { url } of items) steps.add(`${contact.id} ${url}`)
  }
  const own = visitor && (await visitor.get<VisitorExport>('/v1/visitor/export')).body.pages
  for (const { url } of own ?? []) steps.add(`${visitor!.id} ${url}`)
  const contacts = new Set([...heads.map(({ contact }) => contact.id), ...(visitor ? [visitor.id] : [])])
  return {
    'public.inboxes': inboxes?.status === 200 ? inboxes.body.items.map(({ id }) => id) : [],
    'public.contacts': [...contacts],
    'public.contact_pages': [...steps],
    'public.conversations': heads.map(({ conversationId }) => conversationId),
    'public.conversation_heads': heads.map(({ conversationId, seq }) => `${conversationId} ${seq}`),
    'public.participants': receipts,
    'public.events': events,
    'public.messages': messages,
  }
}
