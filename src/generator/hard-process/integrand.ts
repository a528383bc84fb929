import { AppError } from '../../errors.ts'
import type { Rng } from '../../numerics/rng.ts'
import type { MediatorKind } from '../../physics/amplitudes/closed-forms/mediator.ts'
import type { AmplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import type { PdfSet } from '../../physics/pdf/pdf-set.ts'
import { mapPoint, type VegasGrid } from '../vegas.ts'
import { densityWidth, type Densities } from './densities.ts'
import { pairings } from './pairings.ts'
import { createPhaseSpace } from './phase-space.ts'
import type { Resonance } from './resonance.ts'
import { finalMasses, placeBeams, type Subprocess } from './subprocesses.ts'
import { isLightParton, leastEnergy } from './thresholds.ts'
import type { PtWindow } from './two-clusters.ts'

/** (ħc)² in GeV² pb */
export const gev2ToPb = 3.8937937e8

/** p(τ) ~ τ^-k before the grid learns better: densities fall so. */
const tauPower = 1.8

export interface Collision {
  pdf: PdfSet
  /** GeV */
  sqrtS: number
  /** Of both couplings and densities [GeV]; 'ht/2' is half the sum of the transverse masses of all final particles. */
  scale: number | 'ht/2'
  alphaS: (q: number) => number
  parameters: AmplitudeParameters
  /** What a mediator decays to where the process says so. */
  darkMatter?: { kind: MediatorKind; mChi: number; gChi: number }
}

/** What a point adds to the cross-section, where it lies in the two grids, and what it is. */
export interface Integrand {
  readonly subprocess: Subprocess
  /** Of the final state's grid. */
  readonly dimensions: number
  readonly beamCells: Int32Array
  readonly finalCells: Int32Array
  /** False where RAMBO drew the final state: `finalCells` then says nothing. */
  readonly fromGrid: boolean
  /** [2 + n, 4] of the last point in the partons' rest frame; that frame moves with `rapidity` along z. */
  readonly momenta: Float64Array
  readonly rapidity: number
  /** μ of the last point [GeV] */
  readonly scale: number
  /** What the last weight would be below zero, had it not been set to 0 [pb]. */
  readonly clipped: number
  /** Draws a point. @returns its weight [pb], whose mean is the cross-section */
  draw(beams: VegasGrid, final: VegasGrid, rng: Rng): number
  /** Place in the subprocess's `partons` in proportion to their densities at the last point. */
  chooseMember(rng: Rng): number
}

/**
 * σ = Σ ∫ dx1 dx2 f_a f_b |M|² dΦ_n / (2 s) of one subprocess, for final states whose light partons all have pT in the
 * window, or whose first particle has where there is none. Grids have densities below zero where they are uncertain.
 * The sum over flavours keeps them, as a total by quadrature does; where it is itself below zero, the weight is 0.
 *
 * @param branching  share of the events that are asked for, see branchingOf
 */
export function createIntegrand(
  subprocess: Subprocess,
  { sqrtS, scale: scaleChoice, alphaS, parameters }: Collision,
  window: PtWindow,
  densities: Densities,
  resonance?: Resonance,
  branching = 1,
): Integrand {
  const { matrixElement, partons, names } = subprocess
  const { process, strongPower } = matrixElement
  const legs = process.outgoing
  const masses = Float64Array.from(finalMasses(process, parameters))
  const space = createPhaseSpace(masses, pairings(legs), window)
  const light = legs.map((leg) => isLightParton(leg, parameters))
  const measured = light.some(Boolean) ? light : legs.map((_, i) => i === 0)
  const cut = window.min > 0 || window.max < Infinity
  const power = tauPower - 1
  let zMin = leastZ()
  const momenta = new Float64Array(8 + space.momenta.length)
  const beamDimensions = resonance ? 3 : 2
  const u = new Float64Array(beamDimensions)
  const x = new Float64Array(beamDimensions)
  const beamCells = new Int32Array(beamDimensions)
  const fluxes = new Float64Array(partons.length)
  const strongAtReference = parameters.gs ** 2 / (4 * Math.PI)
  let [clipped, rapidity, scale] = [0, 0, 0]

  function leastZ(): number {
    return (leastEnergy(legs, masses, window.min, parameters) / sqrtS) ** (-2 * power)
  }

  function passes(): boolean {
    for (let i = 0; i < legs.length; i++) {
      if (!measured[i]) continue
      const square = space.momenta[4 * i + 1] ** 2 + space.momenta[4 * i + 2] ** 2
      if (square < window.min * window.min || square >= window.max * window.max) return false
    }
    return true
  }

  function halfHt(): number {
    let sum = 0
    for (let i = 0; i < legs.length; i++)
      sum += Math.sqrt(masses[i] ** 2 + space.momenta[4 * i + 1] ** 2 + space.momenta[4 * i + 2] ** 2)
    return sum / 2
  }

  /** Σ f_a(x1) f_b(x2), which may be below zero. */
  function luminosity(x1: number, x2: number): number {
    densities.evaluate(x1, x2, scale * scale)
    const { pair } = densities
    let sum = 0
    for (let k = 0; k < partons.length; k++) {
      const both = partons[k]
      sum += fluxes[k] = pair[both[0]] * pair[densityWidth + both[1]]
    }
    return sum / (x1 * x2)
  }

  function draw(beams: VegasGrid, final: VegasGrid, rng: Rng): number {
    clipped = 0
    for (let d = 0; d < beamDimensions; d++) u[d] = rng.uniform()
    let factor = branching * mapPoint(beams, u, x, beamCells)
    if (resonance) {
      masses[resonance.leg] = resonance.virtuality(x[2])
      factor *= resonance.weight(masses[resonance.leg])
      zMin = leastZ()
      if (!(factor > 0 && zMin > 1)) return 0
    }
    const tau = (zMin + (1 - zMin) * x[0]) ** (-1 / power)
    factor *= ((zMin - 1) / power) * tau ** tauPower
    const reach = -0.5 * Math.log(tau)
    rapidity = (2 * x[1] - 1) * reach
    factor *= 2 * reach
    const root = Math.sqrt(tau)
    const energy = root * sqrtS
    factor *= space.draw(energy, final, rng)
    if (!(factor > 0) || (cut && !passes())) return 0
    scale = scaleChoice === 'ht/2' ? halfHt() : scaleChoice
    const boost = Math.exp(rapidity)
    factor *= luminosity(Math.min(1, root * boost), Math.min(1, root / boost))
    if (factor === 0) return 0
    placeBeams(energy, momenta)
    momenta.set(space.momenta, 8)
    const running = (alphaS(scale) / strongAtReference) ** (strongPower / 2)
    const rate =
      (gev2ToPb * factor * running * matrixElement.squaredMatrixElement(momenta)) / (2 * energy * energy)
    if (!Number.isFinite(rate))
      throw new AppError(
        'physics/out-of-range',
        `${names[0]} has a weight of ${rate} pb at a partonic energy of ${energy.toPrecision(6)} GeV. Raise --pt-min, or choose another --mu.`,
      )
    clipped = Math.max(0, -rate)
    return Math.max(0, rate)
  }

  function chooseMember(rng: Rng): number {
    let sum = 0
    for (const flux of fluxes) sum += Math.max(0, flux)
    let left = sum * rng.uniform()
    for (let k = 0; k < fluxes.length - 1; k++) {
      left -= Math.max(0, fluxes[k])
      if (left < 0) return k
    }
    return fluxes.length - 1
  }

  return {
    ...{ subprocess, beamCells, momenta, draw, chooseMember },
    dimensions: space.dimensions,
    finalCells: space.cells,
    get fromGrid() {
      return space.fromGrid
    },
    get rapidity() {
      return rapidity
    },
    get scale() {
      return scale
    },
    get clipped() {
      return clipped
    },
  }
}
