import type { Rng } from '../../numerics/rng.ts'
import { gluinoDecay, gluinoDecayMaximum } from '../../physics/amplitudes/closed-forms/gluino-decay.ts'
import { TopSpin, vectorSpinVector, type SpinVector } from '../../physics/amplitudes/decays.ts'
import type { AmplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import { SpinDensity, spinWeight } from '../../physics/amplitudes/spin-density.ts'
import type { AmplitudeTensor } from '../../physics/amplitudes/squared-matrix-element.ts'
import { breakup } from '../hard-process/two-clusters.ts'
import { higgsChannelsOf, tauToLeptons, wChannels, wChannelsOf, widthW, zChannelsOf } from './branching.ts'
import type { StatedDecays } from '../hard-process/stated-decays.ts'
import type { EventRows } from './event-rows.ts'
import { choose } from './hard-event.ts'
import { drawResonance, pairAbout, topThreeBody, twoBody } from './kinematics.ts'
import { darkMatter, neutralino } from './pdg-ids.ts'

/** Decays everything unstable in an event, in place. */
export interface DecayChain {
  /**
   * @param rows    the hard process, two incoming rows first, in the frame of the amplitudes
   * @param legs    of each row its leg of the process
   * @param tensor  amplitudes at these momenta; without them legs decay without regard to spin
   */
  decay(rows: EventRows, legs: readonly number[], tensor: AmplitudeTensor | undefined, rng: Rng): void
}

export interface DecayRequest {
  parameters: AmplitudeParameters
  /** Of dark matter in the decay of mediators, of the neutralino in that of gluinos and squarks [GeV]. */
  mChi: number
  /** What bosons of the hard process decay to; default: all that they can. */
  stated?: StatedDecays
}

/**
 * t → b W, W → q q̄′ or ℓ ν and Z → f f̄ of the hard process with all correlations of spin (SpinDensity); then what
 * these make, isotropically: H → b b̄, W W*, τ τ, g g; g̃ → q q̄ χ by its Dalitz plot, q̃ → q χ, φ and Z′ → χ χ̄, without
 * the spin of production. τ goes to a lepton with a share of its momentum that is even in (0.05, 0.9), or to one pion
 * that stands for a narrow jet with a share even in (0.2, 1); neutrinos take the rest.
 */
export function createDecayChain({ parameters, mChi, stated = {} }: DecayRequest): DecayChain {
  const spins = new SpinDensity()
  const density = new Float64Array(18)
  const topSpins = new TopSpin()
  const topSpin: SpinVector = new Float64Array(4)
  const bosonSpin: SpinVector = new Float64Array(6)
  const p = new Float64Array(16)
  const zList = zChannelsOf(parameters, stated.Z)
  const zRates = Float64Array.from(zList, ({ rate }) => rate)
  const plusChannels = wChannelsOf(stated['W+'])
  const minusChannels = wChannelsOf(stated['W-'])
  const higgsList = higgsChannelsOf(stated.H)
  const higgsRates = Float64Array.from(higgsList, ({ rate }) => rate)
  const left = { left: 1, right: 0 }
  const { mTop, mW, mZ, mHiggs, mGluino, mSquark } = parameters
  const gluinoMaximum = mGluino > mChi ? gluinoDecayMaximum(mGluino, mChi) : 0

  // Of the event at work.
  let rng: Rng

  /** Draws until the leg's spin takes it. */
  function correlated(leg: number | undefined, spin: SpinVector, draw: () => void): void {
    if (leg === undefined) {
      draw()
      return
    }
    spins.density(leg, density)
    do draw()
    while (rng.uniform() >= spinWeight(density, spin))
    spins.fold(leg, spin)
  }

  function top(rows: EventRows, row: number, leg: number | undefined): void {
    const anti = rows.ids[row] < 0
    const { momenta } = rows
    topSpins.setTop(momenta, 4 * row, mTop, anti)
    correlated(leg, topSpin, () => {
      topThreeBody(momenta, 4 * row, mTop, mW, widthW, rng, p, 0)
      topSpins.spin(p, 8, topSpin)
    })
    const sign = anti ? -1 : 1
    rows.addProduct(sign * 5, row, rows.colour[2 * row], rows.colour[2 * row + 1], p, 0)
    const w = rows.addProduct(sign * 24, row, 0, 0, p, 4)
    fermions(rows, w, sign, p, 12, 8)
  }

  /** Flavours of a W of this charge. */
  function fermions(
    rows: EventRows,
    w: number,
    sign: number,
    momenta: Float64Array,
    upper: number,
    lower: number,
    channels = wChannels,
  ): void {
    const [up, down] = channels[rng.integer(channels.length)]
    pair(rows, w, sign * up, sign * down, momenta, upper, lower)
  }

  /** Two products, one the antiparticle of some colour: joined by a line where they are quarks. */
  function pair(
    rows: EventRows,
    mother: number,
    first: number,
    second: number,
    momenta: Float64Array,
    at: number,
    to: number,
  ): void {
    const line = Math.abs(first) <= 6 ? rows.newLine() : 0
    const particle = first > 0
    rows.addProduct(first, mother, particle ? line : 0, particle ? 0 : line, momenta, at)
    rows.addProduct(second, mother, particle ? 0 : line, particle ? line : 0, momenta, to)
  }

  function vectorBoson(rows: EventRows, row: number, leg: number | undefined): void {
    const { momenta, ids } = rows
    const isZ = ids[row] === 23
    const mass = isZ ? mZ : mW
    // Which fermions and chirality first: their spins do not interfere.
    const channel = isZ ? zList[choose(zRates, rng)] : undefined
    const coupling = channel?.coupling ?? left
    correlated(leg, bosonSpin, () => {
      twoBody(momenta, 4 * row, mass, 0, 0, rng, p, 0, 4)
      const boson = momenta.subarray(4 * row, 4 * row + 4)
      vectorSpinVector(boson, p.subarray(0, 4), p.subarray(4, 8), mass, coupling, bosonSpin)
    })
    if (channel) pair(rows, row, channel.id, -channel.id, p, 0, 4)
    // The first is the fermion: u-type of a W⁺, d-type of a W⁻.
    else if (ids[row] > 0) fermions(rows, row, 1, p, 0, 4, plusChannels)
    else fermions(rows, row, -1, p, 4, 0, minusChannels)
  }

  function higgs(rows: EventRows, row: number): void {
    const { id } = higgsList[choose(higgsRates, rng)]
    if (id !== 24) {
      twoBody(rows.momenta, 4 * row, mHiggs, 0, 0, rng, p, 0, 4)
      if (id === 21) {
        const [a, b] = [rows.newLine(), rows.newLine()]
        rows.addProduct(21, row, a, b, p, 0)
        rows.addProduct(21, row, b, a, p, 4)
      } else pair(rows, row, id, -id, p, 0, 4)
      return
    }
    const [q1, q2] = higgsToBosons()
    twoBody(rows.momenta, 4 * row, mHiggs, q1, q2, rng, p, 0, 4)
    const bosons = [rows.addProduct(24, row, 0, 0, p, 0), rows.addProduct(-24, row, 0, 0, p, 4)]
    bosons.forEach((w, k) => {
      twoBody(rows.momenta, 4 * w, k === 0 ? q1 : q2, 0, 0, rng, p, 0, 4)
      fermions(rows, w, k === 0 ? 1 : -1, p, 0, 4)
    })
  }

  /** Masses of W W*: both line shapes times p ((m² - q1² - q2²)² + 8 q1² q2²), the decay of a scalar to vectors. */
  function higgsToBosons(): [number, number] {
    const m2 = mHiggs * mHiggs
    const angle = (q2: number): number => Math.atan((q2 - mW * mW) / (mW * widthW))
    const [low, half] = [angle(0), angle(m2 / 4)]
    for (;;) {
      const a = drawResonance(mW, widthW, 0, m2, rng)
      const q1 = Math.sqrt(a)
      // The lighter one, which has little room below the peak: drawn there alone, the room is made good by acceptance.
      const most = Math.min(a, (mHiggs - q1) ** 2)
      if (rng.uniform() * (half - low) > angle(most) - low) continue
      const b = drawResonance(mW, widthW, 0, most, rng)
      const q2 = Math.sqrt(b)
      // 2 p < m, and the bracket is largest at q1 = q2 = 0.
      const shape = ((m2 - a - b) ** 2 + 8 * a * b) / (m2 * m2)
      if (rng.uniform() * mHiggs < 2 * breakup(mHiggs, q1, q2) * shape)
        return rng.uniform() < 0.5 ? [q1, q2] : [q2, q1]
    }
  }

  function gluino(rows: EventRows, row: number): void {
    const [m2, x2] = [mGluino * mGluino, mChi * mChi]
    let S: number
    let cos: number
    for (;;) {
      // Even in the Dalitz plot: S, weighted by its length across, then the angle of q in the frame of the pair.
      S = (mGluino - mChi) ** 2 * rng.uniform()
      const half = Math.sqrt(Math.max(0, ((m2 + x2 - S) / 2) ** 2 - m2 * x2))
      if (rng.uniform() * ((m2 - x2) / 2) > half) continue
      cos = 2 * rng.uniform() - 1
      const T = (m2 + x2 - S) / 2 + half * cos
      if (rng.uniform() * gluinoMaximum < gluinoDecay(mGluino, mChi, T, m2 + x2 - S - T)) break
    }
    const mass = Math.sqrt(S)
    twoBody(rows.momenta, 4 * row, mGluino, mass, mChi, rng, p, 0, 4)
    // The angle is that between the quark and the neutralino's direction in the pair's frame, where T = (p - q)² rises.
    pairAbout(p, 0, mass, p, 4, cos, rng, p, 8, 12)
    const flavour = 1 + rng.integer(4)
    rows.addProduct(flavour, row, rows.colour[2 * row], 0, p, 8)
    rows.addProduct(-flavour, row, 0, rows.colour[2 * row + 1], p, 12)
    rows.addProduct(neutralino, row, 0, 0, p, 4)
  }

  function squark(rows: EventRows, row: number): void {
    const id = rows.ids[row]
    const flavour = Math.sign(id) * (Math.abs(id) % 10)
    twoBody(rows.momenta, 4 * row, mSquark, 0, mChi, rng, p, 0, 4)
    rows.addProduct(flavour, row, rows.colour[2 * row], rows.colour[2 * row + 1], p, 0)
    rows.addProduct(neutralino, row, 0, 0, p, 4)
  }

  function mediator(rows: EventRows, row: number): void {
    const at = 4 * row
    const { momenta } = rows
    const square = momenta[at] ** 2 - momenta[at + 1] ** 2 - momenta[at + 2] ** 2 - momenta[at + 3] ** 2
    const mass = Math.sqrt(Math.max(0, square))
    if (!(mass > 2 * mChi)) return
    twoBody(momenta, at, mass, mChi, mChi, rng, p, 0, 4)
    pair(rows, row, darkMatter, -darkMatter, p, 0, 4)
  }

  function tau(rows: EventRows, row: number): void {
    const sign = Math.sign(rows.ids[row])
    const leptonic = rng.uniform() < tauToLeptons
    const share = leptonic ? 0.05 + 0.85 * rng.uniform() : 0.2 + 0.8 * rng.uniform()
    const lepton = leptonic ? (rng.uniform() < 0.5 ? 11 : 13) : 0
    const scaled = (factor: number): Float64Array => {
      for (let k = 0; k < 4; k++) p[k] = factor * rows.momenta[4 * row + k]
      return p
    }
    const visible = leptonic ? sign * lepton : -sign * 211
    rows.addProduct(visible, row, 0, 0, scaled(share), 0)
    const rest = 1 - share
    rows.addProduct(sign * 16, row, 0, 0, scaled(leptonic ? rest / 2 : rest), 0)
    if (leptonic) rows.addProduct(-sign * (lepton + 1), row, 0, 0, scaled(rest / 2), 0)
  }

  function decay(
    rows: EventRows,
    legs: readonly number[],
    tensor: AmplitudeTensor | undefined,
    own: Rng,
  ): void {
    rng = own
    if (tensor) spins.start(tensor)
    for (let row = 2; row < rows.count; row++) {
      const leg = tensor && row < legs.length ? legs[row] : undefined
      const id = Math.abs(rows.ids[row])
      if (rows.status[row] !== 1) continue
      if (id === 6) top(rows, row, leg)
      else if (id === 23 || id === 24) vectorBoson(rows, row, leg)
      else if (id === 25) higgs(rows, row)
      else if (id === 15) tau(rows, row)
      else if (id === 1_000_021) gluino(rows, row)
      else if (id > 1_000_000 && id % 1_000_000 <= 6) squark(rows, row)
      else if (id === 54 || id === 55) mediator(rows, row)
    }
  }

  return { decay }
}
