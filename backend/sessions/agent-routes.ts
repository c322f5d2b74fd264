import { Hono } from 'hono'
import { type AgentSession, ChatError, paths } from '../../sdk/protocol/index.js'
import type { AppEnv } from '../http/app-env.js'
import { describe, json } from '../http/parse.js'
import { limit } from '../http/rate-limit.js'
import { findSignedInAgent } from './queries.js'
import { agentSession, linkRequest, passwordRequest } from './shapes.js'
import type { SignIn } from './sign-in.js'
import type { SessionParts } from './visitor-routes.js'

/** The sign-in library's own refusals say more than a stranger should read, in a shape that is not ours. */
function passOn(answer: Response, reason: string): Response {
  if (answer.status === 401) throw new ChatError('token_invalid', `unable to sign in; ${reason}`)
  if (!answer.ok) throw new Error(`sign-in library answered ${answer.status}`)
  return answer
}

export function agentRoutes({ tokens, realtimeAddress, signIn }: SessionParts & { signIn: SignIn }): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .post(
      '/v1/auth/sign-in/email',
      describe({ summary: 'Sign in with a password', tag: 'Agents', open: true, answers: { 200: null } }),
      json(passwordRequest),
      limit('signIn'),
      async (c) => {
        const { email, password } = c.req.valid('json')
        c.var.buckets.take('signIn', { account: email.toLowerCase() })
        const answer = await signIn.withPassword({ email: email.toLowerCase(), password }, c.req.raw.headers)
        return passOn(answer, 'e-mail or password is wrong')
      },
    )
    .post(
      '/v1/auth/one-time-link',
      describe({ summary: 'Sign in with a one-time link', tag: 'Agents', open: true, answers: { 200: null } }),
      json(linkRequest),
      limit('signIn'),
      async (c) =>
        passOn(
          await signIn.withLink(c.req.valid('json'), c.req.raw.headers),
          'the link was used or has expired: take the one printed at the last start, or a password',
        ),
    )
    .post(
      '/v1/auth/sign-out',
      describe({ summary: 'Sign out', tag: 'Agents', open: true, answers: { 200: null } }),
      async (c) => passOn(await signIn.signOut(c.req.raw.headers), 'there is no sign-in to end'),
    )
    .post(
      paths.agentToken,
      describe({ summary: 'Take an access token', tag: 'Agents', open: true, answers: { 200: agentSession } }),
      limit('refresh'),
      async (c) => {
        const current = await signIn.current(c.req.raw.headers)
        if (!current) throw new ChatError('token_missing', 'unable to give an access token; sign in first')
        const found = await findSignedInAgent(c.var.db, current.agentId)
        if (!found || found.isDeactivated)
          throw new ChatError('token_invalid', 'unable to give an access token; the agent has been deactivated')
        const { agent, workspace } = found
        const answer: AgentSession = {
          ...(await tokens.issue({
            kind: 'agent',
            sub: agent.id,
            workspace_id: workspace.id,
            agent_role: agent.role,
            sid: current.sessionId,
          })),
          agent,
          workspace,
          realtime: realtimeAddress(c.var.ownOrigin()),
        }
        for (const cookie of current.cookies) c.header('set-cookie', cookie, { append: true })
        return c.json(answer)
      },
    )
}
