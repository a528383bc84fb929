import { AppError } from '../../errors.ts'
import type { AmplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import type { Particle } from '../../physics/amplitudes/particles.ts'
import { massOf } from '../../physics/amplitudes/vertices.ts'

/** A jet: gluon or massless quark. */
export function isLightParton({ kind, field }: Particle, parameters: AmplitudeParameters): boolean {
  return kind === 'gluon' || (kind === 'quark' && massOf(field, parameters) === 0)
}

/** Lowest partonic energy at which all jets (or, without any, the first particle) can have this pT [GeV]. */
export function leastEnergy(
  legs: readonly Particle[],
  masses: ArrayLike<number>,
  ptMin: number,
  parameters: AmplitudeParameters,
): number {
  const jets = legs.flatMap((leg, i) => (isLightParton(leg, parameters) ? [i] : []))
  const measured = jets.length > 0 ? jets : [0]
  const alone = measured.reduce((sum, i) => sum + Math.hypot(masses[i], ptMin), 0)
  const rest = legs.reduce((sum, _, i) => sum + (measured.includes(i) ? 0 : masses[i]), 0)
  // One jet is balanced by all others together; several can balance each other.
  return alone + (measured.length === 1 ? Math.hypot(rest, ptMin) : rest)
}

/**
 * @throws AppError 'input/invalid' or 'physics/out-of-range' for a final state that no point of the collision reaches,
 *         with both energies, or whose cross-section has no finite value at leading order
 */
export function checkFinalState(
  name: string,
  legs: readonly Particle[],
  incoming: readonly Particle[],
  parameters: AmplitudeParameters,
  sqrtS: number,
  ptMin: number,
): void {
  if (legs.length < 2 || legs.some(({ kind }) => kind === 'lepton'))
    throw new AppError(
      'input/invalid',
      `${name} has ${legs.length < 2 ? 'one final particle, its energy is that of the partons' : 'leptons: bosons have no width here'}. Give two or more final particles, Z or W in place of their leptons.`,
    )
  const masses = legs.map(({ mass }) => (mass ? parameters[mass] : 0))
  const sum = masses.reduce((total, m) => total + m, 0)
  if (!(sum < sqrtS))
    throw new AppError(
      'physics/out-of-range',
      `The final particles of ${name} weigh ${sum} GeV together, the beams have ${sqrtS} GeV. Raise --sqrts or lower the masses.`,
    )
  const least = leastEnergy(legs, masses, ptMin, parameters)
  if (!(least < sqrtS))
    throw new AppError(
      'physics/out-of-range',
      `No phase space: ${name} with pT above ${ptMin} GeV needs ${least.toPrecision(6)} GeV, the beams have ${sqrtS} GeV. Lower --pt-min or the bins.`,
    )
  if (!(ptMin > 0) && diverges(legs, incoming, parameters))
    throw new AppError(
      'input/invalid',
      `${name} has jets that may be soft or along a beam, where |M|^2 has no bound: its cross-section needs a lowest pT, and --pt-min is ${ptMin} GeV. Give one, such as --pt-min 100.`,
    )
}

/** Outgoing gluons and photons, quarks from gluons, and jets alone have poles at pT = 0; a quark that turns by a W has not. */
function diverges(
  legs: readonly Particle[],
  incoming: readonly Particle[],
  parameters: AmplitudeParameters,
): boolean {
  if (legs.some(({ kind, field }) => kind === 'gluon' || field === 'photon')) return true
  const jets = legs.filter((leg) => isLightParton(leg, parameters))
  if (jets.length === 0) return false
  if (jets.length === legs.length || incoming.some(({ kind }) => kind === 'gluon')) return true
  return jets.some(({ name }) => incoming.some((leg) => leg.name === name))
}
