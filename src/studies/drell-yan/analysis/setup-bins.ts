import { AppError } from '../../../errors.ts'
import { defaultObservables } from '../../../physics/drell-yan/default-binning.ts'
import type { ObservableBins } from '../../../physics/drell-yan/spectrum-templates.ts'
import type { DatasetSetup } from './setup.ts'

type BinsSetup = Pick<DatasetSetup, 'bins' | 'yEdges' | 'sqrtSGeV' | 'absEtaMax'>

const massEdges = defaultObservables[0].edges
/** GeV, where the last bin of m_ll begins: its pairs reach the least |y|. */
const lastMass = massEdges[massEdges.length - 2]

/**
 * The bins that a set-up counts in: masses are the default ones; forward of all |y| bins come before backward.
 *
 * @throws AppError 'input/invalid' where edges of |y| part nothing or fall, 'physics/out-of-range' where no pair lies
 */
export function setupBins(setup: BinsSetup): ObservableBins[] {
  if (setup.bins === 'mll-ptl') return defaultObservables
  if (setup.bins === 'mll') return [{ name: 'mll', edges: [...massEdges] }]
  const ranges = setup.bins === 'mll-fb' ? [undefined] : rapidityRanges(setup)
  return (['forward', 'backward'] as const).flatMap((name) =>
    ranges.map((absY) => ({ name, edges: [...massEdges], ...(absY && { absY }) })),
  )
}

function rapidityRanges({ yEdges, sqrtSGeV, absEtaMax }: BinsSetup): [number, number][] {
  const ranges = yEdges.slice(1).map((high, i): [number, number] => [yEdges[i], high])
  const falling = ranges.find(([low, high]) => !(low >= 0 && high > low))
  if (falling)
    throw new AppError(
      'input/invalid',
      `A bin of |y| runs from ${falling[0]} to ${falling[1]}; edges must rise from 0 or more. Type them in rising order.`,
      { yEdges },
    )
  if (ranges.length < 2)
    throw new AppError(
      'input/invalid',
      `${yEdges.length} edges of |y| (${yEdges.join(', ')}) make ${Math.max(0, ranges.length)} bin, which parts no bin of mass; at least 3 edges make 2. Type one more, or choose m_ll with F/B without |y|.`,
      { yEdges },
    )
  const [low] = ranges[ranges.length - 1]
  // A pair at |y| has a lepton at |eta| >= |y|, and m cosh(y) <= sqrt(s) / 2 at leading order means |y| <= ln(sqrt(s) / m).
  const kinematic = Math.log(sqrtSGeV / lastMass)
  const reach = Math.min(absEtaMax, kinematic)
  if (low >= reach)
    throw new AppError(
      'physics/out-of-range',
      absEtaMax <= kinematic
        ? `The last bin of |y| begins at ${low}, but leptons with |eta| < ${absEtaMax} leave no pair from |y| = ${absEtaMax} on. Lower the edge, or take leptons further out.`
        : `The last bin of |y| begins at ${low}, but pairs of ${lastMass} GeV at sqrt(s) = ${sqrtSGeV} GeV end at |y| = ${kinematic.toFixed(3)}. Lower the edge.`,
      { yEdges },
    )
  return ranges
}
