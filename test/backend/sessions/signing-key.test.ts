import { expect, test } from 'vitest'
import { readSigningKeys } from '../../../backend/sessions/signing-key.js'
import { ec, publicPart, rsa } from './made-keys.js'

test('one key, a list of them and a key set are read alike', () => {
  const [first, second] = [ec('a'), rsa('b')]
  expect(readSigningKeys(JSON.stringify(first))).toEqual([first])
  for (const several of [[first, second], { keys: [first, second] }])
    expect(readSigningKeys(JSON.stringify(several))).toEqual([first, second])
})

test.each([
  ['text that is no JSON', 'potato', 'has to be a JWK or a list of them, in JSON'],
  ['a PEM', '-----BEGIN PRIVATE KEY-----', 'a PEM does not say the kid'],
  ['an empty list', '[]', 'has to have at least one key'],
  ['null', 'null', 'has a key (number 1) without kid'],
  ['a key without kid', JSON.stringify([ec('a'), { ...ec('b'), kid: undefined }]), 'has a key (number 2) without kid'],
  [
    'another kind',
    JSON.stringify({ kty: 'oct', k: 'AAAA', kid: 'a' }),
    'that is neither EC on P-256 (ES256) nor RSA (RS256)',
  ],
  ['another curve', JSON.stringify(ec('a', 'P-384')), 'that is neither EC on P-256 (ES256) nor RSA (RS256)'],
  [
    'an algorithm of another kind',
    JSON.stringify({ ...rsa('a'), alg: 'ES256' }),
    'says alg ES256 but is one for RS256',
  ],
  [
    'a first key that is public',
    JSON.stringify({ keys: [publicPart(ec('a'))] }),
    'without its private part; the first one signs',
  ],
  ['parts of two keys', JSON.stringify({ ...ec('a'), d: ec('b').d }), 'whose parts do not make a key'],
  ['a broken key', JSON.stringify({ ...ec('a'), x: 'AAAA' }), 'whose parts do not make a key'],
  ['a short RSA key', JSON.stringify(rsa('a', 1024)), 'of less than 2048 bits'],
  ['one kid for two keys', JSON.stringify([ec('a'), rsa('a')]), 'has the kid "a" twice'],
])('%s is refused with a sentence', (_name, text, sentence) => {
  expect(() => readSigningKeys(text)).toThrow(sentence)
})
