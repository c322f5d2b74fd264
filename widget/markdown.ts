import DOMPurify from 'dompurify'
import { Marked } from 'marked'
import { lateTexts as texts } from './locale/late-texts.js'
import { markdownStyles } from './markdown.styles.js'

// no raw HTML: its marks are text. Nor code by indentation and headings by underlines, which nobody means in a chat.
const plain = () => undefined
const marked = new Marked({
  breaks: true,
  tokenizer: { html: plain, tag: plain, code: plain, lheading: plain },
  renderer: {
    heading({ tokens }) {
      return `<p><strong>${this.parser.parseInline(tokens)}</strong></p>`
    },
    // pictures of other hosts would tell them who reads
    image({ raw, href, text, tokens }) {
      const shown = text ? tokens : [{ type: 'text', raw: href, text: href }]
      return this.link({ type: 'link', raw, href, text, tokens: shown })
    },
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  },
})

const ALLOWED = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'hr'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  ALLOWED_ATTR: ['href', 'start'],
  ADD_URI_SAFE_ATTR: ['start'],
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
}

/** Draws markdown for this tree; nothing where it cannot be read (nested too deep) or the page's policy refuses. */
export function markdownIn(root: ShadowRoot): (body: string) => HTMLElement | undefined {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, markdownStyles.styleSheet!]
  return (body) => {
    try {
      const drawn = document.createElement('div')
      drawn.className = 'md'
      drawn.append(DOMPurify.sanitize(marked.parse(body) as string, { ...ALLOWED, RETURN_DOM_FRAGMENT: true }))
      for (const link of drawn.querySelectorAll('a'))
        Object.assign(link, { target: '_blank', rel: 'noopener noreferrer nofollow' })
      for (const code of drawn.querySelectorAll('pre')) code.append(copyButton(code.textContent))
      return drawn
    } catch {
      return undefined
    }
  }
}

function copyButton(code: string): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = texts.copy
  button.ariaLabel = texts.copyCode
  button.onclick = () =>
    void navigator.clipboard?.writeText(code).then(
      () => (button.textContent = texts.copied),
      () => {},
    )
  return button
}
