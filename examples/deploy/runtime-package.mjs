// Rewrites package.json in the current folder so that `npm install --omit=dev` keeps what the server runs on, in the
// versions of the lock file: the optional peers become dependencies, the tools go.
import { readFileSync, writeFileSync } from 'node:fs'

const { devDependencies, peerDependencies, peerDependenciesMeta, ...described } = JSON.parse(
  readFileSync('package.json', 'utf8'),
)
const dependencies = { ...described.dependencies, ...peerDependencies }
writeFileSync('package.json', JSON.stringify({ ...described, dependencies }, null, 2) + '\n')
