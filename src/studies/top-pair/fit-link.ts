import { toBase64Url } from '../../share/base64url.ts'
import { deflateText } from '../../share/deflate.ts'
import { writeFrame } from '../../share/link-frame.ts'
import { linkGeneration, linkVersion } from '../../share/link-version.ts'
import type { FitIntent } from './intent.ts'

/** The link of a set-up alone, from "#" on, as a command writes it: all of its fields, the defaults of the page too. */
export async function fitLink(fit: FitIntent): Promise<string> {
  const state = toBase64Url(await deflateText(JSON.stringify({ 'top-pair': { fit } })))
  return `#${writeFrame(linkVersion, `g=${linkGeneration}&view=fit&data=tt-13tev&s=${state}`)}`
}
