import { AppError } from '../../errors.ts'
import { sha256InScript } from '../../numerics/sha256.ts'
import { createDefaultPdf } from './default-pdf.ts'
import { createGridPdf } from './grid-pdf.ts'
import { isLhaInfo } from './is-lha-info.ts'
import { parseLhaInfo, type LhaInfo } from './lha-info.ts'
import type { PdfSet } from './pdf-set.ts'
import { sumRules } from './sum-rules.ts'

export interface PdfFile {
  name: string
  text: string
}

export interface PdfSummary {
  id: string
  /** First 12 hex digits of the SHA-256 of its files: equal files give equal numbers. */
  hash: string
  description: string
  xMin: number
  xMax: number
  qMinGeV: number
  qMaxGeV: number
  /** Integrals at the Z mass; 1, 2 and 1 for an exact set. */
  momentumSum: number
  upValence: number
  downValence: number
  /** Strong coupling of the set with its source, in words; null where no .info names one. */
  alphaS: string | null
  /** What is odd about it, and which member is used, in sentences. */
  notes: readonly string[]
}

/** What LHAPDF6 members begin with; a file of metadata says `Format: lhagrid1` as well, but further down. */
const beginsGrid = /^\uFEFF?\s*(?:#[^\n]*\n\s*)*(?:PdfType|Format)[ \t]*:/
const saysCentral = /^PdfType[ \t]*:[ \t]*["']?central/m
/** Headers end well before. */
const headLength = 4096

/**
 * The app's own PDF, or an LHAPDF member with its .info file if that was given too; which is which is told by content. Of several
 * members the central one is taken, which its notes say.
 *
 * @param files  null for the default
 * @param xMin   smallest momentum fraction that will be asked for
 */
export function openPdf(files: PdfFile[] | null, xMin = 1e-6): PdfSet {
  if (!files) return createDefaultPdf({ grid: { xMin: Math.max(1e-9, Math.min(xMin, 1e-6) / 2) } })
  const isInfo = ({ text }: PdfFile) => !beginsGrid.test(text.slice(0, headLength)) && isLhaInfo(text)
  const infoFile = files.find(isInfo)
  const members = files.filter((file) => !isInfo(file))
  if (members.length === 0)
    throw new AppError(
      'input/invalid',
      `${files.map(({ name }) => name).join(', ')} holds no grid, only metadata. Drop the member file too, for example SET_0000.dat.`,
    )
  const byName = [...members].sort((a, b) => (a.name < b.name ? -1 : 1))
  const grid = byName.find(({ text }) => saysCentral.test(text.slice(0, headLength))) ?? byName[0]
  const info = infoFile && parseLhaInfo(infoFile.text, infoFile.name)
  const pdf = createGridPdf(grid.text, { id: grid.name.replace(/\.dat$/, ''), info })
  const notes = oddities(pdf, info)
  if (members.length > 1) {
    const others = byName.filter((file) => file !== grid).map(({ name }) => name)
    notes.unshift(
      `${grid.name} is used; ${others.slice(0, 3).join(', ')}${others.length > 3 ? ` and ${others.length - 3} more` : ''} ${others.length === 1 ? 'is' : 'are'} not: one member is read at a time.`,
    )
  }
  return notes.length > 0 ? { ...pdf, notes } : pdf
}

const proton = 2212
/** Sets that break the sum rules on purpose (LO*) differ by 0.15; polarised ones by about 1. */
const far = 0.3

/** What speaks against a set of an unpolarised proton, in sentences. */
function oddities(pdf: PdfSet, info: LhaInfo | undefined): string[] {
  const notes: string[] = []
  if (info?.Particle !== undefined && info.Particle !== proton)
    notes.push(
      `The .info of ${pdf.id} says Particle ${info.Particle}; everything here takes it for a proton (${proton}).`,
    )
  const { momentum, uValence, dValence } = sumRules(pdf, Math.min(91.1876, pdf.qMax))
  const rules = [
    ['all momentum', momentum, 1],
    ['u − ū', uValence, 2],
    ['d − d̄', dValence, 1],
  ] as const
  const broken = rules.filter(([, found, exact]) => !(Math.abs(found - exact) <= far))
  if (broken.length > 0)
    notes.push(
      `${pdf.id} breaks the sum rules of a proton at the Z mass: ${broken.map(([what, found, exact]) => `${what} ${found.toPrecision(3)} instead of ${exact}`).join(', ')}. Is it a polarised set, of another hadron, or damaged?`,
    )
  return notes
}

function filesHash(files: readonly PdfFile[]): string {
  // In whatever order they were dropped.
  const texts = files.map(({ text }) => sha256InScript(new TextEncoder().encode(text))).sort()
  return sha256InScript(new TextEncoder().encode(texts.join(' '))).slice(0, 12)
}

/** What a dropped set is, with the integrals that show whether it was read rightly. */
export function inspectPdf(files: PdfFile[]): PdfSummary {
  const pdf = openPdf(files)
  const q = Math.min(91.1876, pdf.qMax)
  const sums = sumRules(pdf, q)
  return {
    id: pdf.id,
    hash: filesHash(files),
    description: pdf.description,
    xMin: pdf.xMin,
    xMax: pdf.xMax,
    qMinGeV: pdf.qMin,
    qMaxGeV: pdf.qMax,
    momentumSum: sums.momentum,
    upValence: sums.uValence,
    downValence: sums.dValence,
    alphaS: pdf.alphaS
      ? `${pdf.alphaS(q).toPrecision(4)} at ${q.toPrecision(4)} GeV, ${pdf.alphaSSource ?? `that of ${pdf.id}`}`
      : null,
    notes: pdf.notes ?? [],
  }
}
