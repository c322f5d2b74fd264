import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'

const room = new URL('../../widget/', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, room), 'utf8')
const parse = (file: string) => ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true)
const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()

const lists = (tag: string, file: string) =>
  [...read(file).matchAll(new RegExp(`^ \\* @${tag} (\\S+) - (.+)$`, 'gm'))].map(([, name, description]) => ({
    name: name!,
    description: description!,
  }))

function declared(file: string, name: string): ts.ClassDeclaration | ts.InterfaceDeclaration {
  const found = parse(file).statements.find(
    (one): one is ts.ClassDeclaration | ts.InterfaceDeclaration =>
      (ts.isClassDeclaration(one) || ts.isInterfaceDeclaration(one)) && one.name?.text === name,
  )
  if (!found) throw new Error(`unable to find ${name} in ${file}`)
  return found
}
const description = (node: ts.Node) =>
  tidy(
    ts
      .getJSDocCommentsAndTags(node)
      .filter(ts.isJSDoc)
      .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
      .join(' '),
  )

/** Custom properties in the style sheets, each with what it is where nobody sets it, if that stands there. */
export function stylable(): Map<string, string | undefined> {
  const css = readdirSync(room)
    .filter((file) => file.endsWith('.styles.ts'))
    .map(read)
    .join('')
  const found = new Map<string, string | undefined>()
  for (const [, name, rest] of css.matchAll(/var\((--parley-[a-z-]+)(?:, ((?:[^()]|\([^()]*\))+))?\)/g))
    found.set(name!, found.get(name!) ?? rest)
  return found
}

/** What `<parley-chat>` promises, read from its code, as custom-elements.json (schema 2.1.0). */
export function customElements(): object {
  const element = declared('parley-chat.ts', 'ParleyChat')
  const properties = (declared('attributes.ts', 'AttributeElement').members as ts.NodeArray<ts.Node>).filter(
    (one): one is ts.PropertyDeclaration =>
      ts.isPropertyDeclaration(one) && !!one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword),
  )
  const methods = (declared('page-api.ts', 'PageApi').members as ts.NodeArray<ts.Node>).filter(ts.isMethodSignature)
  const defaults = stylable()
  const declaration = {
    kind: 'class',
    customElement: true,
    name: 'ParleyChat',
    tagName: 'parley-chat',
    superclass: { name: 'HTMLElement' },
    description: description(element),
    attributes: [
      { name: 'open', fieldName: 'isOpen', type: { text: 'boolean' }, description: 'Whether the panel is open.' },
      ...properties.map((one) => ({
        name: one.name.getText(),
        fieldName: one.name.getText(),
        type: { text: one.type!.getText() },
        description: description(one),
      })),
    ],
    members: [
      { kind: 'field', name: 'isOpen', type: { text: 'boolean' }, attribute: 'open' },
      ...properties.map((one) => ({
        kind: 'field',
        name: one.name.getText(),
        type: { text: one.type!.getText() },
        description: description(one),
        attribute: one.name.getText(),
      })),
      ...methods.map((one) => ({
        kind: 'method',
        name: one.name.getText(),
        description: description(one) || undefined,
        parameters: one.parameters.map((parameter) => ({
          name: parameter.name.getText(),
          type: { text: tidy(parameter.type!.getText()) },
          optional: parameter.questionToken ? true : undefined,
        })),
        return: { type: { text: one.type!.getText() } },
      })),
    ],
    events: lists('fires', 'page-api.ts').map((one) => ({ ...one, type: { text: 'CustomEvent' } })),
    cssParts: lists('csspart', 'parley-chat.ts'),
    cssProperties: lists('cssprop', 'theme.styles.ts').map((one) => ({ ...one, default: defaults.get(one.name) })),
  }
  const path = 'dist/widget/widget.js'
  return {
    schemaVersion: '2.1.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path,
        declarations: [declaration],
        exports: [
          { kind: 'custom-element-definition', name: 'parley-chat', declaration: { name: 'ParleyChat', module: path } },
        ],
      },
    ],
  }
}
