import { AppError } from '../../errors.ts'
import { linkInPicture, partedDashes, withPngComment } from '../../share/picture-link.ts'
import { fromBase64Url } from '../../share/base64url.ts'
import { linkTo, readLink } from '../links.ts'
import { textOf, utf8, type Reader } from './reader.ts'

const link = await linkTo({ coefficients: { clq3: 0.25, cHD: -1 }, view: 'explore' })
const intentOf = async (text: string | null) => {
  // Nothing is the analysis that the page begins with.
  if (text === null || /^#?\s*$/.test(text)) throw new AppError('share/invalid', 'no link')
  const read = await readLink(text)
  if (!read.ok) throw read.error
  return read.intent
}
const png = fromBase64Url(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK-kcQAAAABJRU5ErkJggg',
)

export const linkReaders: Record<string, Reader> = {
  link: { file: utf8(link), read: (bytes) => intentOf(textOf(bytes)) },
  'link in an SVG': {
    file: utf8(`<!--\nlink: https://example.org/${partedDashes(link)}\n-->\n<svg/>`),
    read: (bytes) => intentOf(linkInPicture(bytes)),
  },
  'link in a PNG': {
    file: withPngComment(png, `link: https://example.org/${link}`),
    read: (bytes) => intentOf(linkInPicture(bytes)),
  },
}
