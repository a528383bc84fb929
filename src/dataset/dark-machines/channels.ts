/** The four selections of the Dark Machines challenge (arXiv:2105.14027, section 3.3), GeV. */
export const channelNames = ['1', '2a', '2b', '3'] as const
export type ChannelName = (typeof channelNames)[number]

/** What a selection looks at. */
export interface ObjectsAndMet {
  count: number
  types: ArrayLike<number>
  pt: ArrayLike<number>
  met: number
}

const isJet = (type: number): boolean => type < 2
const isLepton = (type: number): boolean => type >= 2 && type < 6

export function passesChannel(channel: ChannelName, { count, types, pt, met }: ObjectsAndMet): boolean {
  let [ht, above50, above200, leptons] = [0, 0, 0, 0]
  for (let i = 0; i < count; i++) {
    if (isJet(types[i])) {
      ht += pt[i]
      if (pt[i] > 50) above50++
      if (pt[i] > 200) above200++
    } else if (isLepton(types[i]) && pt[i] > 15) leptons++
  }
  switch (channel) {
    case '1':
      return ht >= 600 && met >= 200 && met >= 0.2 * ht && above50 >= 4 && above200 >= 1
    case '2a':
      return met >= 50 && leptons >= 3
    case '2b':
      return met >= 50 && ht >= 50 && leptons >= 2
    case '3':
      return ht >= 600 && met > 100
  }
}

/** Numbers of jets without tag, b-jets, electrons, muons and photons, such as 6j0b0e0m0g. */
export function multiplicity({ count, types }: Pick<ObjectsAndMet, 'count' | 'types'>): string {
  const numbers = [0, 0, 0, 0, 0]
  const kinds = [0, 1, 2, 2, 3, 3, 4]
  for (let i = 0; i < count; i++) numbers[kinds[types[i]]]++
  return numbers.map((n, k) => `${n}${'jbemg'[k]}`).join('')
}
