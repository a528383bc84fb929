import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'

/** An element of a picture with its attributes, and the text in it. */
export interface DrawnElement {
  tag: string
  at: Record<string, string>
  text: string
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }
const plain = (text: string) => text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => entities[name])

/** Everything that a component draws, outer elements before inner ones; it needs no DOM, so effects do not run. */
export function drawnElements(picture: ReactElement): DrawnElement[] {
  const all: DrawnElement[] = []
  const open: DrawnElement[] = []
  for (const [, end, tag, attributes, closed, text] of renderToStaticMarkup(picture).matchAll(
    /<(\/?)([\w-]+)((?:\s[\w:-]+="[^"]*")*)(\/?)>([^<]*)/g,
  )) {
    if (end) open.pop()
    else {
      const at = Object.fromEntries(
        [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [name, plain(value)]),
      )
      const element = { tag, at, text: '' }
      all.push(element)
      if (!closed) open.push(element)
    }
    for (const element of open) element.text += plain(text)
  }
  return all
}

/** Elements of a tag, or of a class given as ".name". */
export const drawn = (elements: readonly DrawnElement[], what: string): DrawnElement[] =>
  elements.filter(({ tag, at }) =>
    what.startsWith('.') ? (at.class ?? '').split(' ').includes(what.slice(1)) : tag === what,
  )

/** All numbers of a path, in order. */
export const numbersOf = (path = ''): number[] => (path.match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? []).map(Number)
