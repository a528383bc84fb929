import type { UniversalImport } from '../../../physics/smeft/wcxf-universal.ts'

/** A WCxf file that moved the sliders, with the fate of each of its entries. */
export interface WcxfImport extends UniversalImport {
  name: string
  basis: string
  scaleGeV: number
}
