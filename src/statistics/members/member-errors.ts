import { AppError } from '../../errors.ts'
import { normalQuantile } from '../likelihood/normal-quantile.ts'

const kinds = ['replicas', 'hessian', 'symmhessian'] as const

/** How the error members of a set of parton densities make errors, as its .info says it. */
export interface MemberRule {
  kind: (typeof kinds)[number]
  /** Members 1 to this one carry the error of the densities; later ones vary alpha_s and the like. */
  core: number
  /** From the confidence level of the set to one standard deviation. */
  scale: number
}

/**
 * @param errorType  LHAPDF's ErrorType: hessian, symmhessian or replicas, with "+as" for each pair of members of another parameter
 * @param level      its ErrorConfLevel [per cent]; one standard deviation where absent
 * @param members    beside the central one
 * Source: LHAPDF 6, arXiv:1412.7420, on uncertainties.
 * @throws AppError 'data/unsupported' for another type, 'data/mismatch' for a number of members that does not fit
 */
export function memberRule(
  set: string,
  errorType: string | undefined,
  level: number | undefined,
  members: number,
): MemberRule {
  const [name, ...varied] = (errorType ?? '').trim().toLowerCase().split('+')
  const kind = kinds.find((each) => each === name)
  if (!kind)
    throw new AppError(
      'data/unsupported',
      `${set}: its ErrorType is ${errorType ? `"${errorType.slice(0, 40)}"` : 'not stated'}, members of ${kinds.join(', ')} make errors here. Use its central member alone.`,
    )
  const core = members - 2 * varied.length
  if (core < 2 || (kind === 'hessian' && core % 2 !== 0))
    throw new AppError(
      'data/mismatch',
      `${set}: ${core} members carry the error of its densities, ${kind === 'hessian' ? 'an even number of at least 2 is needed: pairs' : 'at least 2 are needed'}. Give all its members.`,
    )
  if (level !== undefined && !(level > 0 && level < 100))
    throw new AppError(
      'data/corrupt',
      `${set}: its ErrorConfLevel is ${level}, not between 0 and 100 per cent.`,
    )
  // The level of replicas is their own spread.
  const scaled = level !== undefined && kind !== 'replicas'
  return { kind, core, scale: scaled ? 1 / normalQuantile(0.5 + level / 200) : 1 }
}

/** One standard deviation up and down of each value, and what it is around. */
export interface MemberErrors {
  centre: Float64Array // [n]
  up: Float64Array // [n], not negative
  down: Float64Array // [n], not negative
}

/**
 * Hessian pairs: the root of the sum of squares of the larger shift either way; symmetric Hessian: of all shifts; replicas: mean and
 * standard deviation.
 *
 * @param central  prediction of member 0 [n]
 * @param shifted  predictions of members 1 to core [core][n]
 * Source: LHAPDF 6, arXiv:1412.7420, on uncertainties; of pairs J. M. Campbell, J. W. Huston and W. J. Stirling, hep-ph/0611148, equation 43.
 */
export function memberErrors(
  { kind, core, scale }: MemberRule,
  central: ArrayLike<number>,
  shifted: readonly ArrayLike<number>[],
): MemberErrors {
  if (shifted.length !== core)
    throw new AppError('input/invalid', `${shifted.length} predictions of ${core} members`)
  const n = central.length
  const centre = Float64Array.from(central)
  const [up, down] = [new Float64Array(n), new Float64Array(n)]
  for (let b = 0; b < n; b++) {
    if (kind === 'replicas') {
      centre[b] = shifted.reduce((sum, member) => sum + member[b], 0) / core
      up[b] = shifted.reduce((sum, member) => sum + (member[b] - centre[b]) ** 2, 0) / (core - 1)
      down[b] = up[b]
    } else if (kind === 'symmhessian') {
      up[b] = shifted.reduce((sum, member) => sum + (member[b] - central[b]) ** 2, 0)
      down[b] = up[b]
    } else
      for (let k = 0; k < core; k += 2) {
        const [plus, minus] = [shifted[k][b] - central[b], shifted[k + 1][b] - central[b]]
        up[b] += Math.max(plus, minus, 0) ** 2
        down[b] += Math.min(plus, minus, 0) ** 2
      }
    up[b] = scale * Math.sqrt(up[b])
    down[b] = scale * Math.sqrt(down[b])
  }
  return { centre, up, down }
}
