import { expect, test } from 'vitest'
import { steadyOrder } from '../../examples/console/steady-order.js'

const itself = (id: string) => id

test('rows that were shown keep their places, whatever their new order', () => {
  expect(steadyOrder(['c', 'a', 'b'], ['a', 'b', 'c'], itself)).toEqual(['a', 'b', 'c'])
})

test('new rows come after those that were shown, in their own order', () => {
  expect(steadyOrder(['z', 'b', 'y', 'a'], ['a', 'b'], itself)).toEqual(['a', 'b', 'z', 'y'])
})

test('a row that left the view does not stay', () => {
  expect(steadyOrder(['b'], ['a', 'b'], itself)).toEqual(['b'])
})
