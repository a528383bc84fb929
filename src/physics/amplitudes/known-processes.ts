/** Processes of the event samples; the recursion does any other tree of quarks, gluons, leptons and single bosons too. */
export const knownProcesses = [
  'g g > go go',
  'u u~ > go go',
  'g g > sq sq*',
  'u u~ > uL uL*',
  'u u~ > sq sq*',
  'u u~ > Z g',
  'g u > Z u',
  'u d~ > W+ g',
  'g u > W+ d',
  'u u~ > mu- mu+ g',
  'g u > mu- mu+ u',
  'u u~ > Zp g',
  'g u > Zp u',
  'g g > phi g',
  'u u~ > phi g',
  'g u > phi u',
  'u u~ > Z Z',
  'g g > g g',
  'g g > u u~',
  'g u > g u',
  'u u~ > g g',
  'd d~ > u u~',
  'u d > u d',
  'u u > u u',
  'u u~ > u u~',
  'u b > t d',
  'd~ b > u~ t',
  'u b > t d phi',
  'g b > t W-',
  'g b > t W- phi',
  'g g > t t~',
  'u u~ > t t~',
  'g g > t t~ H',
  'u u~ > t t~ H',
  'g g > t t~ phi',
  'u u~ > t t~ phi',
  'g g > t t~ Z',
  'u u~ > t t~ Z',
  'u d~ > t t~ W+',
  'u u~ > g g Z',
  'g b > t t t~ W-',
  'u b > t t t~ d',
  'u u~ > t t~ t t~',
  'g g > t t~ t t~',
  't > b mu+ vmu',
] as const

/** All of them in one line, final states by what they are made from: `g g, u u~ > t t~, t t~ H; u u~ > …`. */
export function knownByInitialState(): string {
  const initials = new Map<string, string[]>()
  for (const name of knownProcesses) {
    const [initial, final] = name.split(' > ')
    initials.set(final, [...(initials.get(final) ?? []), initial])
  }
  const finals = new Map<string, string[]>()
  for (const [final, from] of initials) {
    const key = from.sort().join(', ')
    finals.set(key, [...(finals.get(key) ?? []), final])
  }
  return [...finals].map(([from, list]) => `${from} > ${list.join(', ')}`).join('; ')
}
