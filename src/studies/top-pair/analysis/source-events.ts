import { AppError } from '../../../errors.ts'
import { column, selectRows, type EventTable } from '../../../generator/event-table.ts'

/** Of four rows two train, one calibrates what was trained and one tests it. */
const parts = 4
const fewest = 40

export interface DividedSource {
  training: EventTable
  calibration: EventTable
  test: EventTable
  /** Events of the file that were left out. */
  belowCut: number
  notes: string[]
}

/**
 * Weighted events of a file as samples for training, calibration and test, by row number, so that every run divides them alike.
 * Weights are scaled so that those of each part add up to the cross-section of the file.
 *
 * @param mttMinGeV  events below are left out where the file has m_tt
 * @throws AppError 'data/mismatch' for events without weights or too few of them
 */
export function divideSource(table: EventTable, mttMinGeV: number): DividedSource {
  if (table.operators.length === 0)
    throw new AppError(
      'data/mismatch',
      `The ${table.rows} events have no weights for any operator, so there is nothing to learn. Make them with ttbar-generate, or with ttbar-import and benchmarks.`,
    )
  const notes: string[] = []
  const rows = Array.from({ length: table.rows }, (_, i) => i)
  const mtt = table.columns.m_tt ? column(table, 'm_tt') : null
  const kept = mtt ? rows.filter((i) => mtt[i] >= mttMinGeV) : rows
  if (!mtt) notes.push(`The file has no m_tt: its events are taken to lie above ${mttMinGeV} GeV.`)
  else if (kept.length < table.rows)
    notes.push(
      `${table.rows - kept.length} of ${table.rows} events lie below ${mttMinGeV} GeV and are left out.`,
    )
  if (kept.length < fewest)
    throw new AppError(
      'data/mismatch',
      `${kept.length} events above ${mttMinGeV} GeV are too few to learn from: at least ${fewest}. Lower --mtt-min or take more events.`,
    )
  const part = (belongs: (k: number) => boolean): EventTable => {
    const chosen = kept.filter((_, k) => belongs(k % parts))
    const selected = selectRows(table, chosen)
    const scale = kept.length / chosen.length
    return { ...selected, points: chosen.length, weights: selected.weights.map((w) => w * scale) }
  }
  return {
    training: part((k) => k < 2),
    calibration: part((k) => k === 2),
    test: part((k) => k === 3),
    belowCut: table.rows - kept.length,
    notes,
  }
}
