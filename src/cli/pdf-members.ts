import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../errors.ts'
import { createGridPdf } from '../physics/pdf/grid-pdf.ts'
import { parseLhaInfo } from '../physics/pdf/lha-info.ts'
import type { PdfSet } from '../physics/pdf/pdf-set.ts'
import { memberRule, type MemberRule } from '../statistics/members/member-errors.ts'
import { textOf } from './pdf-option.ts'

const memberFile = /^(.+)_(\d{4})\.dat(\.gz)?$/

/** A set of parton densities with its error members. */
export interface PdfMembers {
  id: string
  rule: MemberRule
  /** Members 1 to rule.core, one after another: all at once would take gigabytes. */
  members: () => Generator<PdfSet>
}

/**
 * The error members of an LHAPDF set, of which none may be missing.
 *
 * @param path  its folder, or the file of one of its members
 * @throws AppError where a member or the .info is missing, and those of memberRule
 */
export function pdfMembers(path: string): PdfMembers {
  const { folder, id } = placeOf(path)
  const names = readdirSync(folder)
  const infoFile = `${id}.info`
  if (!names.includes(infoFile))
    throw new AppError(
      'data/not-found',
      `There is no ${infoFile} in ${folder}, which says how the members of ${id} make errors. Put it beside them.`,
    )
  const info = parseLhaInfo(textOf(join(folder, infoFile)), infoFile)
  const files = new Map(
    names.flatMap((name) => {
      const [, of, number] = memberFile.exec(name) ?? []
      return of === id ? [[Number(number), name] as const] : []
    }),
  )
  const count = info.NumMembers ?? Math.max(...files.keys()) + 1
  const missing = Array.from({ length: count }, (_, member) => member).filter((member) => !files.has(member))
  if (missing.length > 0)
    throw new AppError(
      'data/not-found',
      `${folder} has ${count - missing.length} of ${count} members of ${id}; ${id}_${String(missing[0]).padStart(4, '0')}.dat is missing. Unpack the whole set.`,
    )
  const rule = memberRule(id, info.ErrorType, info.ErrorConfLevel, count - 1)
  return {
    id,
    rule,
    *members() {
      for (let member = 1; member <= rule.core; member++) {
        const name = files.get(member) ?? ''
        yield createGridPdf(textOf(join(folder, name)), { id: name.replace(/\.dat(\.gz)?$/, ''), info })
      }
    },
  }
}

/** The file of the central member of a set that is named by its folder; another path as it is. */
export function centralMember(path: string): string {
  if (path === 'default' || !statSync(path).isDirectory()) return path
  const { folder, id } = placeOf(path)
  const plain = join(folder, `${id}_0000.dat`)
  return readdirSync(folder).includes(basename(plain)) ? plain : `${plain}.gz`
}

function placeOf(path: string): { folder: string; id: string } {
  if (path === 'default')
    throw new AppError(
      'input/invalid',
      '--pdf default has no error members. Give --pdf the folder of an LHAPDF set.',
    )
  if (!statSync(path).isDirectory()) {
    const id = memberFile.exec(basename(path))?.[1]
    if (id !== undefined) return { folder: dirname(path), id }
    throw new AppError('input/invalid', `${path} is not called SET_0000.dat, so its members are not found.`)
  }
  const ids = new Set(readdirSync(path).flatMap((name) => memberFile.exec(name)?.[1] ?? []))
  if (ids.size === 1) return { folder: path, id: [...ids][0] }
  throw new AppError(
    'input/invalid',
    `${path} has the members of ${ids.size} sets${ids.size > 0 ? ` (${[...ids].slice(0, 4).join(', ')})` : ''}, one is needed: SET.info, SET_0000.dat and so on.`,
  )
}
