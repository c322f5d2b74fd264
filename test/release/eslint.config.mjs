import tseslint from 'typescript-eslint'

const nothingOfTheWorld = [
  ...['setTimeout', 'setInterval', 'fetch', 'WebSocket', 'document', 'window', 'navigator'],
  ...['localStorage', 'indexedDB', 'BroadcastChannel'],
].map((name) => ({
  name,
  message: 'The SDK gets the world as arguments; the defaults are in sdk/defaults.ts, sdk/browser.ts and sdk/clock.ts.',
}))
const noClock = ['Date.now', 'Math.random', 'performance.now'].map((name) => {
  const [object, property] = name.split('.')
  return { object, property, message: 'Time and chance come in as arguments.' }
})

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.parley/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: new URL('../..', import.meta.url).pathname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false, properties: false } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['sdk/**/*.ts'],
    ignores: ['sdk/clock.ts', 'sdk/defaults.ts', 'sdk/browser.ts'],
    rules: {
      'no-restricted-globals': ['error', ...nothingOfTheWorld],
      'no-restricted-properties': ['error', ...noClock],
    },
  },
  { files: ['test/**/*.ts'], rules: { 'max-lines': ['error', { max: 400, skipBlankLines: true }] } },
  {
    files: [
      '**/*.mjs',
      'test/**',
      'backend/main.ts',
      'backend/cli/{main,commands}.ts',
      'widget/fetch-inbox.ts',
      'migrations/dump-schema.ts',
    ],
    rules: { 'no-console': 'off' },
  },
)
