import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.js'
import type { Keyring } from './keyring.js'

/** As long as Supabase keeps its own: a new key has to be shown for so long before it signs. */
const CACHE_SECONDS = 600

/** The public keys of access tokens. Empty, not missing, while a shared secret signs: as Supabase does. */
export const jwksRoutes = ({ jwks }: Keyring): Hono<AppEnv> =>
  new Hono<AppEnv>().get('/.well-known/jwks.json', (c) =>
    c.json(jwks, 200, { 'cache-control': `public, max-age=${CACHE_SECONDS}` }),
  )
