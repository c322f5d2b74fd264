import { loopbackSite, type Site } from './loopback-site.js'

// What sites do to elements they never meant: a reset and a few opinions, all with !important.
const HOSTILE_CSS = `
  *, *::before, *::after { box-sizing: content-box !important; letter-spacing: 3px !important; }
  div, section, button, textarea, p, span { all: unset !important; color: red !important; font: 40px serif !important; display: inline !important; }
  button { display: none !important; }
  textarea { height: 1px !important; visibility: hidden !important; }
  [role='dialog'] { position: static !important; }
  body { margin: 0; direction: ltr; }
`

/** A site of another origin with hostile global CSS, Trusted Types and a policy that lets the widget's origin in and nothing else. Its page at `/KEY` has the tag of that inbox. */
export async function hostPage(serverUrl: string): Promise<Site> {
  const policy = [
    "default-src 'none'",
    `script-src ${serverUrl}`,
    "style-src 'self'",
    `connect-src ${serverUrl} ${serverUrl.replace('http', 'ws')}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html dompurify',
  ].join('; ')
  return loopbackSite((request, response) => {
    if (request.url === '/site.css') return response.setHeader('content-type', 'text/css').end(HOSTILE_CSS)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader('content-security-policy', policy)
    response.end(`<!doctype html><html lang="en"><head><title>A site</title><meta name="viewport" content="width=device-width">
      <link rel="stylesheet" href="/site.css"><script src="${serverUrl}/widget.js?inbox=${request.url!.slice(1).split('?')[0]}" async></script></head>
      <body><main><h1>A site with strong opinions</h1></main></body></html>`)
  })
}
