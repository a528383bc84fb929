import { AppError } from '../errors.ts'

/** The deepest intent has five levels; anything far beyond is an attack on recursive code. */
const depthCap = 16

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (inString) {
      if (c === '\\') i++
      else if (c === '"') inString = false
    } else if (c === '"') inString = true
    else if (c === '{' || c === '[') deepest = Math.max(deepest, ++depth)
    else if (c === '}' || c === ']') depth--
  }
  return deepest
}

/**
 * Parses a JSON object written by a stranger; the depth is measured before anything recursive sees the text.
 * @throws AppError 'share/invalid'
 */
export function parseUntrustedObject(text: string): Record<string, unknown> {
  const depth = depthOf(text)
  if (depth > depthCap)
    throw new AppError(
      'share/invalid',
      `The settings in the link are nested ${depth} deep; no link of this app goes beyond ${depthCap}. Do not trust its source.`,
      { depth, depthCap },
    )
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new AppError(
      'share/invalid',
      `The settings in the link are not JSON: ${AppError.from(cause).message}.`,
    )
  }
  if (!isPlainObject(value))
    throw new AppError(
      'share/invalid',
      'The settings in the link are JSON, but not an object of named values.',
    )
  return value
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
