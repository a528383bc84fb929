import { describe, expect, it } from 'vitest'
import { fromBase64Url } from './base64url.ts'
import { isPicture, linkInPicture, partedDashes, withPngComment } from './picture-link.ts'

// One black pixel, written by another program (Pillow 10).
const png = fromBase64Url(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK-kcQAAAABJRU5ErkJggg',
)
const link = '#view=fit&z=ab--c---d_e'
const text = `generator: Theoryscape\nlink: https://example.org/sub/${link}\ndate: 2026-11-22`

describe('a PNG', () => {
  it('carries the link in a comment and is otherwise unchanged', () => {
    const out = withPngComment(png, text)
    expect(linkInPicture(out)).toBe(link)
    const added = out.length - png.length
    expect(added).toBe(12 + 'Comment\0'.length + text.length)
    const at = png.length - 12 // the end chunk has no data
    expect([...out.subarray(0, at)]).toEqual([...png.subarray(0, at)])
    expect([...out.subarray(at + added)]).toEqual([...png.subarray(at)])
    expect(String.fromCharCode(...out.subarray(at + 4, at + 8))).toBe('tEXt')
  })

  it('without a comment carries nothing', () => {
    expect(linkInPicture(png)).toBeNull()
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['half of it', png.subarray(0, 40)],
    ['another file', new TextEncoder().encode('GIF89a, not a PNG')],
  ])('that is %s is refused', (_, bytes) => {
    expect(() => withPngComment(bytes, text)).toThrow(/no complete PNG/)
  })
})

it('an SVG carries the link in a comment without double dashes', () => {
  const comment = `<!--\n${partedDashes(text)}\n-->\n<svg></svg>`
  expect(partedDashes(text)).not.toContain('--')
  expect(linkInPicture(new TextEncoder().encode(comment))).toBe(link)
})

it('a link is only what stands in its line', () => {
  const read = (svg: string) => linkInPicture(new TextEncoder().encode(svg))
  expect(read('<svg><text>link: nowhere</text></svg>')).toBeNull()
  expect(read('<!--\nlink: https://example.org/\n-->')).toBeNull()
  expect(read('# link: https://example.org/#v=1')).toBe('#v=1')
})

it.each([
  ['a PNG', png, true],
  ['an SVG', '<svg xmlns="x">', true],
  ['an SVG behind what XML puts first', '\n<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg>\n<svg>', true],
  ['a web page', '<!DOCTYPE html><html><svg/>', false],
  ['a comment without end', '<!-- <svg>', false],
  ['a table', '1,2\n<svg>', false],
  ['nothing', '', false],
])('%s is judged by its content', (_, content, is) => {
  expect(isPicture(typeof content === 'string' ? new TextEncoder().encode(content) : content)).toBe(is)
})
