// Rewrites package.json in the current folder so that `npm install --omit=dev` keeps what the server runs on, in the
// versions of the lock file: the optional peers become dependencies, the tools go.
import { readFileSync, writeFileSync } from 'node:fs'

const described = JSON.parse(readFileSync('package.json', 'utf8'))
described.dependencies = { ...described.dependencies, ...described.peerDependencies }
for (const part of ['devDependencies', 'peerDependencies', 'peerDependenciesMeta']) delete described[part]
writeFileSync('package.json', JSON.stringify(described, null, 2) + '\n')
