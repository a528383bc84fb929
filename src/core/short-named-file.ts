import { shortName } from '../errors.ts'

/** The same file under a name that fits a line; for the border where files come in. */
export function withShortName(file: File): File {
  const name = shortName(file.name)
  return name === file.name ? file : new File([file], name, { type: file.type })
}
