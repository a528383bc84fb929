import type { AmplitudeParameters } from './parameters.ts'

export type ParticleKind = 'gluon' | 'quark' | 'lepton' | 'vector' | 'scalar' | 'gluino' | 'squark'

/** One particle of a process, as the amplitudes see it. */
export interface Particle {
  /** As it is printed, e.g. t~. */
  name: string
  kind: ParticleKind
  /** Field that both particle and antiparticle belong to: g, u, t, e, W, Z, H, phi, ... */
  field: string
  anti: boolean
  /** Electric charge. */
  charge: number
  /** Name of its mass among the parameters; undefined is massless. */
  mass?: MassName
}

export type MassName = {
  [K in keyof AmplitudeParameters]: K extends `m${string}` ? K : never
}[keyof AmplitudeParameters]

const up = { kind: 'quark', charge: 2 / 3 } as const
const down = { kind: 'quark', charge: -1 / 3 } as const
const lepton = { kind: 'lepton', charge: -1 } as const
const neutrino = { kind: 'lepton', charge: 0 } as const
const squark = { kind: 'squark', mass: 'mSquark' } as const

interface Field {
  kind: ParticleKind
  charge: number
  mass?: MassName
  /** Spellings of the particle, the first one is printed. */
  names: readonly string[]
  /** Spellings of the antiparticle; none: it is its own, or follows by the ending. */
  antiNames?: readonly string[]
}

/** Every field a process may have. Antiparticles of quarks and neutrinos end in ~ or bar, of squarks in * or ~. */
const fields: Record<string, Field> = {
  g: { kind: 'gluon', charge: 0, names: ['g'] },
  u: { ...up, names: ['u'] },
  d: { ...down, names: ['d'] },
  c: { ...up, names: ['c'] },
  s: { ...down, names: ['s'] },
  b: { ...down, mass: 'mBottom', names: ['b'] },
  t: { ...up, mass: 'mTop', names: ['t'] },
  e: { ...lepton, names: ['e-'], antiNames: ['e+'] },
  mu: { ...lepton, names: ['mu-'], antiNames: ['mu+'] },
  tau: { ...lepton, names: ['ta-', 'tau-'], antiNames: ['ta+', 'tau+'] },
  ve: { ...neutrino, names: ['ve', 'nue'] },
  vmu: { ...neutrino, names: ['vmu', 'vm', 'numu'] },
  vtau: { ...neutrino, names: ['vt', 'vtau', 'nutau'] },
  photon: { kind: 'vector', charge: 0, names: ['a', 'gamma'] },
  Z: { kind: 'vector', charge: 0, mass: 'mZ', names: ['Z', 'z'] },
  W: { kind: 'vector', charge: 1, mass: 'mW', names: ['W+', 'w+'], antiNames: ['W-', 'w-'] },
  H: { kind: 'scalar', charge: 0, mass: 'mHiggs', names: ['H', 'h'] },
  phi: { kind: 'scalar', charge: 0, mass: 'mPhi', names: ['phi', 'Phi', 'y0', 'Y0'] },
  /** Pseudoscalar of the mass and coupling of phi; known to the recursion alone. */
  A: { kind: 'scalar', charge: 0, mass: 'mPhi', names: ['A0'] },
  Zp: { kind: 'vector', charge: 0, mass: 'mMediator', names: ['Zp', 'zp', "Z'", 'V', 'y1', 'Y1'] },
  go: { kind: 'gluino', charge: 0, mass: 'mGluino', names: ['go'] },
  sq: { ...squark, charge: 0, names: ['sq'] },
  ...Object.fromEntries(
    ['u', 'd', 'c', 's', 'b', 't'].flatMap((quark) =>
      ['L', 'R'].map((chirality) => [
        `${quark}${chirality}`,
        {
          ...squark,
          charge: 'uct'.includes(quark) ? 2 / 3 : -1 / 3,
          names: [`${quark}${chirality}`, `${quark}${chirality.toLowerCase()}`],
        },
      ]),
    ),
  ),
}

function antiNamesOf({ kind, antiNames, names }: Field): readonly string[] {
  if (antiNames) return antiNames
  if (kind === 'quark' || (kind === 'lepton' && names[0].startsWith('v')))
    return names.flatMap((name) => [`${name}~`, `${name}bar`])
  if (kind === 'squark') return names.flatMap((name) => [`${name}*`, `${name}~`, `${name}bar`])
  return []
}

const known = new Map<string, Particle>()
for (const [field, entry] of Object.entries(fields)) {
  const { kind, charge, mass, names } = entry
  for (const name of names) known.set(name, { name: names[0], kind, field, anti: false, charge, mass })
  const anti = antiNamesOf(entry)
  for (const name of anti) known.set(name, { name: anti[0], kind, field, anti: true, charge: -charge, mass })
}

/** The particle of this name in any of its spellings, or undefined. */
export function findParticle(name: string): Particle | undefined {
  return known.get(name)
}

/** The partner in the same weak doublet (no mixing of families): what a W turns a quark or lepton into. */
export const weakPartner: Record<string, string> = {
  ...{ u: 'd', d: 'u', c: 's', s: 'c', t: 'b', b: 't' },
  ...{ e: 've', ve: 'e', mu: 'vmu', vmu: 'mu', tau: 'vtau', vtau: 'tau' },
}

/** Electric charge of a field (of its particle, not its antiparticle). */
export function chargeOf(field: string): number {
  return fields[field].charge
}
