import {
  zCoupling,
  type AmplitudeParameters,
  type ChiralCoupling,
} from '../../physics/amplitudes/parameters.ts'

/** Of W in tops and by itself, and of Z [GeV]; PDG 2022. They enter line shapes of decays alone. */
export const widthW = 2.085

/** Pairs that a W⁺ decays to, u-type first; a W⁻ to the antiparticles. Three colours and no mixing: 1/9 each. */
export const wChannels: readonly (readonly [upper: number, lower: number])[] = [
  ...Array.from({ length: 3 }, () => [2, -1] as const),
  ...Array.from({ length: 3 }, () => [4, -3] as const),
  ...[[12, -11] as const, [14, -13] as const, [16, -15] as const],
]

export interface ZChannel {
  id: number
  /** One chirality alone. */
  coupling: ChiralCoupling
  /** Relative rate. */
  rate: number
}

/** Fermions and chiralities that a Z decays to, all massless, at leading order. */
export function zChannels(parameters: AmplitudeParameters): ZChannel[] {
  const kinds = [
    { ids: [12, 14, 16], charge: 0, isospin: 0.5, colours: 1 },
    { ids: [11, 13, 15], charge: -1, isospin: -0.5, colours: 1 },
    { ids: [2, 4], charge: 2 / 3, isospin: 0.5, colours: 3 },
    { ids: [1, 3, 5], charge: -1 / 3, isospin: -0.5, colours: 3 },
  ]
  return kinds.flatMap(({ ids, charge, isospin, colours }) => {
    const { left, right } = zCoupling(parameters, charge, isospin)
    return ids.flatMap((id) => [
      { id, coupling: { left, right: 0 }, rate: colours * left * left },
      { id, coupling: { left: 0, right }, rate: colours * right * right },
    ])
  })
}

/** What the decay of a boson may be stated to be. */
export type BosonChannel = 'neutrinos' | 'charged leptons' | 'leptons' | 'bottoms'

/** Ids of the fermions; of a W its u-type. */
const channelIds: Record<BosonChannel, readonly number[]> = {
  neutrinos: [12, 14, 16],
  'charged leptons': [11, 13, 15],
  leptons: [12, 14, 16],
  bottoms: [5],
}

export function zChannelsOf(parameters: AmplitudeParameters, channel: BosonChannel | undefined): ZChannel[] {
  const all = zChannels(parameters)
  return channel ? all.filter(({ id }) => channelIds[channel].includes(id)) : all
}

export function wChannelsOf(channel: BosonChannel | undefined): typeof wChannels {
  return channel ? wChannels.filter(([upper]) => channelIds[channel].includes(upper)) : wChannels
}

/** Decays of a Higgs boson of 125 GeV that are kept; the rest, 5.7 %, is dropped. 'W' is W W*. */
export const higgsChannels: readonly { id: 5 | 15 | 21 | 24; rate: number }[] = [
  { id: 5, rate: 0.58 },
  { id: 24, rate: 0.22 },
  { id: 15, rate: 0.063 },
  { id: 21, rate: 0.08 },
]

export function higgsChannelsOf(channel: BosonChannel | undefined): typeof higgsChannels {
  return channel
    ? higgsChannels.filter(({ id }) => channelIds[channel].some((own) => own === id))
    : higgsChannels
}

/** Share of a stated channel in all decays of the boson at leading order; of the Higgs boson those that are dropped count, too. */
export function branchingShare(
  boson: 'Z' | 'W+' | 'W-' | 'H',
  channel: BosonChannel,
  parameters: AmplitudeParameters,
): number {
  const sum = (channels: readonly { rate: number }[]): number =>
    channels.reduce((total, { rate }) => total + rate, 0)
  if (boson === 'H') return sum(higgsChannelsOf(channel))
  if (boson !== 'Z') return wChannelsOf(channel).length / wChannels.length
  return sum(zChannelsOf(parameters, channel)) / sum(zChannels(parameters))
}

/** τ → ℓ ν ν: half of it to each lepton. */
export const tauToLeptons = 0.352
