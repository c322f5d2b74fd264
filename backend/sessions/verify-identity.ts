import { jwtVerify } from 'jose'
import { z } from 'zod'
import { ChatError, MAX_NAME_CHARS } from '../../sdk/protocol/index.js'
import { contactAttributes, contactEmail } from '../http/contact-fields.js'
import { plainText } from '../http/plain-text.js'

/** How far a site's clock may be off. */
const LEEWAY_SECONDS = 60
/** A token is for now, not to be kept. */
const MAX_LIFE_SECONDS = 24 * 60 * 60
const MAX_EXTERNAL_ID_CHARS = 255

const identityClaims = z.object({
  sub: plainText(MAX_EXTERNAL_ID_CHARS),
  name: plainText(MAX_NAME_CHARS).optional(),
  email: contactEmail.optional(),
  attributes: contactAttributes.optional(),
  exp: z.int(),
})
export type IdentityClaims = z.output<typeof identityClaims>

/** Who a site says is signed in on it, by a token that only the inbox's secret makes. @throws {ChatError} `token_invalid` */
export async function verifyIdentity(token: string, inboxSecret: string, now = Date.now()): Promise<IdentityClaims> {
  const refused = (reason: string) => new ChatError('token_invalid', `unable to accept the identity token; ${reason}`)
  const verified = await jwtVerify(token, new TextEncoder().encode(inboxSecret), {
    algorithms: ['HS256'],
    requiredClaims: ['sub', 'exp'],
    clockTolerance: LEEWAY_SECONDS,
    currentDate: new Date(now),
  }).catch(() => {
    throw refused('it has expired, or was not signed with the secret of this inbox')
  })
  const claims = identityClaims.safeParse(verified.payload)
  if (!claims.success) throw refused(`its claim ${claims.error.issues[0]!.path.join('.')} is not as it has to be`)
  if (claims.data.exp > now / 1000 + MAX_LIFE_SECONDS + LEEWAY_SECONDS) throw refused('it is good for more than a day')
  return claims.data
}
