import type { DatasetManifest } from '../../../dataset/manifest.ts'
import { AppError } from '../../../errors.ts'
import type { ObservableBins } from '../../../physics/drell-yan/spectrum-templates.ts'
import { computeTemplates } from '../../../physics/drell-yan/templates.ts'
import { createGridPdf } from '../../../physics/pdf/grid-pdf.ts'
import { parseLhaInfo } from '../../../physics/pdf/lha-info.ts'
import { memberErrors, memberRule } from '../../../statistics/members/member-errors.ts'
import { pdfTexts } from './pdf-texts.ts'

/** The files of a set of parton densities with its error members, [member]; 0 is the central one. */
export interface MemberFiles {
  id: string
  info: File
  members: readonly File[]
}

/** One standard deviation of each bin of a dataset from error members, relative to what it is around. */
export interface PdfBand {
  /** Of the set. */
  id: string
  kind: string
  members: number
  manifestHash: string
  up: Float64Array // [bins]
  down: Float64Array // [bins]
}

export interface PdfBandRequest {
  files: MemberFiles
  observables: ObservableBins[]
  manifest: Pick<DatasetManifest, 'sqrtSGeV' | 'scheme' | 'cuts'>
  manifestHash: string
}

const memberName = /^(.+)_(\d{4})\.dat(?:\.gz)?$/i
/** A central member and one pair. */
const fewestMembers = 3

/** A whole set among dropped files, by their names, as LHAPDF gives them; null where there are no error members with an .info. */
export function memberFiles(files: readonly File[]): MemberFiles | null {
  const sets = new Map<string, File[]>()
  for (const file of files) {
    const [, id, number] = memberName.exec(file.name) ?? []
    if (id === undefined) continue
    const members = sets.get(id) ?? []
    members[Number(number)] = file
    sets.set(id, members)
  }
  for (const [id, members] of sets) {
    const info = files.find(({ name }) => name === `${id}.info`)
    if (info && members.filter(Boolean).length >= fewestMembers) return { id, info, members }
  }
  return null
}

/**
 * The band of a dataset, member after member: a set has tens of megabytes. Yields the fraction done.
 *
 * @throws AppError of the readers; 'data/not-found' for a member that is missing
 */
export async function* pdfBand({
  files: { id, info: infoFile, members },
  observables,
  manifest: { sqrtSGeV, scheme, cuts },
  manifestHash,
}: PdfBandRequest): AsyncGenerator<number, PdfBand> {
  const [{ name, text }] = await pdfTexts([infoFile])
  const info = parseLhaInfo(text, name)
  const count = info.NumMembers ?? members.length
  const rule = memberRule(id, info.ErrorType, info.ErrorConfLevel, count - 1)
  const predictions: Float64Array[] = []
  for (let member = 0; member <= rule.core; member++) {
    const file = members.at(member)
    if (!file)
      throw new AppError(
        'data/not-found',
        `${id} says that it has ${count} members, ${members.filter(Boolean).length} are here: ${id}_${String(member).padStart(4, '0')}.dat is missing. Drop the whole set.`,
      )
    const [grid] = await pdfTexts([file])
    const pdf = createGridPdf(grid.text, { id: grid.name.replace(/\.dat$/, ''), info })
    const templates = computeTemplates({
      ...{ observables, pdf, sqrtS: sqrtSGeV, scheme, muF: 'mll', widthShift: false, scaleVariations: false },
      cuts: cuts && { ptMin: cuts.ptMinGeV, absEtaMax: cuts.absEtaMax },
    })
    predictions.push(Float64Array.from(templates.sm))
    yield (member + 1) / (rule.core + 1)
  }
  const [central, ...shifted] = predictions
  const { centre, up, down } = memberErrors(rule, central, shifted)
  return {
    ...{ id, kind: rule.kind, members: rule.core, manifestHash },
    up: up.map((value, bin) => value / centre[bin]),
    down: down.map((value, bin) => value / centre[bin]),
  }
}
