import { AppError } from '../errors.ts'

/** RFC 4648 section 5 without padding: the alphabet that survives in a URL fragment. */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** @throws AppError 'share/invalid' where a character or the length cannot be base64url */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const odd = /[^A-Za-z0-9_-]/.exec(text)
  if (odd || text.length % 4 === 1)
    throw new AppError(
      'share/invalid',
      `The packed part of the link (${text.length} characters) is not base64url${
        odd ? ` at character ${odd.index + 1}` : ''
      }. Copy the link again from its source.`,
    )
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
