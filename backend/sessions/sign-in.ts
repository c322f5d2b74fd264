import { randomBytes } from 'node:crypto'
import { betterAuth, type BetterAuthPlugin } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { bearer } from 'better-auth/plugins'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Db } from '../db/client.js'
import { orm } from '../db/orm.js'
import { account, session, user, verification } from '../db/schema.js'
import { inLibrary } from './in-library.js'
import { findSignedInAgent } from './queries.js'

const LINK_HOURS = 24
const linkName = (token: string) => `one-time-link:${token}`

const oneTimeLink = () =>
  ({
    id: 'one-time-link',
    endpoints: {
      signInWithLink: createAuthEndpoint(
        '/one-time-link',
        { method: 'POST', body: z.object({ token: z.string() }) },
        async (ctx) => {
          const { internalAdapter } = ctx.context
          const link = await internalAdapter.consumeVerificationValue(linkName(ctx.body.token))
          const found = link && link.expiresAt > new Date() ? await internalAdapter.findUserById(link.value) : null
          if (!found) throw new APIError('UNAUTHORIZED')
          const made = await internalAdapter.createSession(found.id)
          await setSessionCookie(ctx, { session: made, user: found })
          return ctx.json({ token: made.token, user: found })
        },
      ),
    },
  }) satisfies BetterAuthPlugin

/** Agents' sign-in by a library, of which only these calls are open to the world. */
export function createSignIn(options: { db: Db; secret: string; publicUrl?: string; log: Logger }) {
  const auth = betterAuth({
    appName: 'Parley',
    baseURL: options.publicUrl ?? 'http://localhost',
    basePath: '/v1/auth',
    secret: options.secret,
    database: drizzleAdapter(orm(options.db), {
      provider: 'pg',
      schema: { user, session, account, verification },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10 },
    verification: { storeIdentifier: 'hashed' },
    // ours are per address and account, before the library is called
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: 'parley',
      database: { generateId: false },
      useSecureCookies: options.publicUrl?.startsWith('https:') ?? false,
    },
    databaseHooks: {
      session: {
        create: {
          before: async (made) => {
            const found = await findSignedInAgent(options.db, made.userId)
            if (!found || found.isDeactivated) throw new APIError('UNAUTHORIZED')
            return { data: made }
          },
        },
      },
    },
    logger: { level: 'warn', log: (level, message) => options.log[level === 'warn' ? 'debug' : level]({}, message) },
    plugins: [bearer(), oneTimeLink()],
  })
  return {
    withPassword: (body: { email: string; password: string }, headers: Headers): Promise<Response> =>
      inLibrary(() => auth.api.signInEmail({ body, headers, asResponse: true })),
    withLink: (body: { token: string }, headers: Headers): Promise<Response> =>
      inLibrary(() => auth.api.signInWithLink({ body, headers, asResponse: true })),
    signOut: (headers: Headers): Promise<Response> => inLibrary(() => auth.api.signOut({ headers, asResponse: true })),
    /** Who the cookie or bearer session belongs to; `cookies` are to be sent on, for a session that is used lives on. */
    async current(headers: Headers): Promise<{ agentId: string; sessionId: string; cookies: string[] } | null> {
      const answer = await inLibrary(() => auth.api.getSession({ headers, returnHeaders: true }))
      if (!answer.response) return null
      const { session: found } = answer.response
      return { agentId: found.userId, sessionId: found.id, cookies: answer.headers.getSetCookie() }
    },
    /** A token that signs this agent in once, within a day. */
    async newLink(agentId: string): Promise<string> {
      const token = randomBytes(24).toString('base64url')
      const { internalAdapter } = await auth.$context
      await internalAdapter.createVerificationValue({
        identifier: linkName(token),
        value: agentId,
        expiresAt: new Date(Date.now() + LINK_HOURS * 3_600_000),
      })
      return token
    },
    hashPassword: async (password: string): Promise<string> => (await auth.$context).password.hash(password),
  }
}
export type SignIn = ReturnType<typeof createSignIn>
