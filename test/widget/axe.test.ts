import type Axe from 'axe-core'
import 'axe-core'
import { emulateMedia } from '@web/test-runner-commands'
import { teardown, test } from './ground.js'
import { clearStage, states } from './states.js'

teardown(async () => {
  clearStage()
  await emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' })
})

// it is no module: it puts itself on the window
const { axe } = window as unknown as { axe: typeof Axe }
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function violations(): Promise<string[]> {
  // a page of a test has no regions of its own
  const found = await axe.run({ include: ['parley-chat'] }, { runOnly: TAGS, resultTypes: ['violations'] })
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  )
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const [name, show] of Object.entries(states))
    test(`nothing stands in anyone's way: ${name}, ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await show()
      const found = await violations()
      if (found.length) throw new Error(found.join('\n'))
    })
