/** A stretch of text in one style. */
export interface TextRun {
  text: string
  italic?: true
  bold?: true
  script?: 'sub' | 'sup'
  colour?: string
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>' }
const unescape = (text: string) => text.replace(/&(amp|lt|gt);/g, (_, name: string) => entities[name])

/**
 * Lines and runs of the markup that figures are written in: i, b, sub, sup, br and spans with a colour, not nested
 * in themselves. Any other tag stays as text: only our own builders write tags, names are escaped.
 */
export function markupLines(markup: string): TextRun[][] {
  const lines: TextRun[][] = [[]]
  let style: Omit<TextRun, 'text'> = {}
  for (const part of markup.split(/(<br>|<\/?(?:i|b|sub|sup)>|<span style="color:[^"<>]*">|<\/span>)/)) {
    if (part === '') continue
    const next = restyled(part, style)
    if (part === '<br>') lines.push([])
    else if (next) style = next
    else lines[lines.length - 1].push({ text: unescape(part), ...style })
  }
  return lines
}

function restyled(tag: string, style: Omit<TextRun, 'text'>): Omit<TextRun, 'text'> | undefined {
  switch (tag) {
    case '<i>':
      return { ...style, italic: true }
    case '</i>':
      return { ...style, italic: undefined }
    case '<b>':
      return { ...style, bold: true }
    case '</b>':
      return { ...style, bold: undefined }
    case '<sub>':
    case '<sup>':
      return { ...style, script: tag === '<sub>' ? 'sub' : 'sup' }
    case '</sub>':
    case '</sup>':
      return { ...style, script: undefined }
    case '</span>':
      return { ...style, colour: undefined }
    default: {
      const [, colour] = /^<span style="color:([^"]*)">$/.exec(tag) ?? []
      return colour === undefined ? undefined : { ...style, colour }
    }
  }
}
