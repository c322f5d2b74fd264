import { expect, test } from 'vitest'
import { wishOf } from '../../examples/console/shortcuts.js'

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...more,
})
const element = (more: Partial<HTMLElement & HTMLDialogElement>) => more as HTMLElement

test('a key means its wish when nobody types', () => {
  expect(['j', 'k', 'r', 'a', 'e', '?'].map((key) => wishOf(press(key), [element({ localName: 'a' })]))).toEqual([
    'next',
    'previous',
    'reply',
    'assign',
    'resolve',
    'help',
  ])
})

test.each([
  ['a field', element({ localName: 'textarea' })],
  ['editable text', element({ localName: 'div', isContentEditable: true })],
  ['an open dialog', element({ localName: 'dialog', open: true })],
])('a key pressed in %s is no wish', (_, target) => {
  expect(wishOf(press('e'), [target])).toBeNull()
})

test("the browser's own combinations stay the browser's", () => {
  expect(wishOf(press('r', { ctrlKey: true }), [])).toBeNull()
  expect(wishOf(press('a', { metaKey: true }), [])).toBeNull()
})

test('a key held down moves on and on, but acts once', () => {
  expect(wishOf(press('j', { repeat: true }), [])).toBe('next')
  expect(wishOf(press('e', { repeat: true }), [])).toBeNull()
})

test('a key that nothing was given is no wish', () => {
  expect(wishOf(press('toString'), [])).toBeNull()
})
