import { readWcxf } from '../../../physics/smeft/wcxf.ts'
import { universalCoefficients, type UniversalImport } from '../../../physics/smeft/wcxf-universal.ts'

/** A WCxf file that moved the sliders, with the fate of each of its entries. */
export interface WcxfImport extends UniversalImport {
  name: string
  basis: string
  scaleGeV: number
}

/** @throws AppError where it is no WCxf file that can be read */
export async function importWcxf({ name, text }: { name: string; text: string }): Promise<WcxfImport> {
  const { basis, scaleGeV, ...parsed } = await readWcxf(text, name)
  return { ...universalCoefficients({ basis, scaleGeV, ...parsed }), name, basis, scaleGeV }
}
