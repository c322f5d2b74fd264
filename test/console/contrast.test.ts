import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isGood, lookOf, MUTED, nearestGood } from '../../examples/console/contrast.js'
import { verdictOf } from '../../examples/console/inbox-wording.js'
import { defaultInboxSettings } from '../../sdk/agent.js'

const contrasts = (color: string) =>
  Object.fromEntries(lookOf(color)!.checks.map(({ id, contrast }) => [id, Number(contrast.toFixed(2))]))
const failing = (color: string) => lookOf(color)!.checks.flatMap((check) => (isGood(check) ? [] : check.id))

test('contrast is what WCAG says it is', () => {
  expect(contrasts('#000000')).toMatchObject({ letters: 21, white: 21 })
  expect(contrasts('#767676')).toMatchObject({ letters: 4.62, white: 4.54 })
})

test('a colour that one cannot see on white or on dark is told, and one that one can is not', () => {
  expect(failing('#ffd43b')).toEqual(['white'])
  expect(failing('#1b1d22')).toEqual(['dark'])
  expect(failing(defaultInboxSettings.color)).toEqual([])
})

test('black and white letters are readable on every colour', () => {
  for (let grey = 0; grey < 256; grey++)
    expect(failing(`#${grey.toString(16).padStart(2, '0').repeat(3)}`)).not.toContain('letters')
})

test('the nearest good colour passes every check and keeps the hue; a good one has none', () => {
  for (const color of ['#ffd43b', '#000000', '#ffffff', '#c3fae8', '#0b1d33'])
    expect(failing(nearestGood(color)!)).toEqual([])
  expect(nearestGood('#ffff00')).toMatch(/^#([\da-f]{2})\1/)
  expect([nearestGood(defaultInboxSettings.color), nearestGood('red')]).toEqual([null, null])
})

test('the grey that is checked is the widget’s own', () => {
  const styles = readFileSync(new URL('../../widget/theme.styles.ts', import.meta.url), 'utf8')
  for (const [grey, ground] of MUTED) {
    expect(styles).toMatch(new RegExp(`--parley-muted,[^;]*${grey}`))
    expect(styles).toMatch(new RegExp(`--parley-surface,[^;]*${ground.replace('#ffffff', '#fff')}`))
  }
})

test('a verdict says in words whether it will do', () => {
  expect(verdictOf({ id: 'white', contrast: 1.4, needed: 3 })).toEqual({
    subject: 'The launcher on a white page',
    verdict: 'Hard to see; 3 is asked for',
  })
  expect(verdictOf({ id: 'letters', contrast: 5, needed: 4.5 }).verdict).toBe('Easy to read')
})
