import { product } from '../../product.ts'

/** What to cite, and for what. */
export interface Reference {
  key: string
  /** What of the app rests on it. */
  for: string
  kind: 'app' | 'paper' | 'densities' | 'measurement'
  title: string
  authors: readonly string[]
  year: number
  /** As a journal is cited, where it has appeared in one. */
  journal?: string
  eprint?: string
  doi?: string
}

const [, version] = product.split(' ')

export const references: readonly Reference[] = [
  {
    ...{ key: 'theoryscape', for: 'this app', kind: 'app' },
    ...{ title: `Theoryscape ${version}`, authors: ['{The Theoryscape developers}'], year: 2026 },
  },
  {
    ...{ key: 'DasBakshi:2025smeft', for: 'the map of SMEFT Drell-Yan', kind: 'paper' },
    title: 'Reusable theory representations for colliders: a demonstrator SMEFT foundation model',
    authors: ['Das Bakshi, Supratim', 'Hobbs, T. J.', 'Kriesten, Brandon'],
    ...{ year: 2025, eprint: '2512.15862' },
  },
  {
    ...{ key: 'Hallin:2024universal', for: 'maps of models by their events', kind: 'paper' },
    title: 'Universal New Physics Latent Space',
    authors: [
      ...['Hallin, Anna', 'Kasieczka, Gregor', 'Kraml, Sabine', 'Lessa, André', 'Moureaux, Louis'],
      ...['von Schwartz, Tore', 'Shih, David'],
    ],
    ...{ year: 2024, eprint: '2407.20315' },
  },
  {
    ...{ key: 'Abasov:2025transformer', for: 'top multiplicity and its transformer', kind: 'paper' },
    title: 'A Methodology for Developing Foundational Transformer Models in Collider Physics Analysis',
    authors: [
      ...['Abasov, E.', 'Dudko, L.', 'Iudin, E.', 'Markina, A.', 'Volkov, P.', 'Perfilov, M.'],
      'Zaborenko, A.',
    ],
    ...{ year: 2025, eprint: '2511.09335' },
  },
  {
    ...{ key: 'GomezAmbrosio:2022mpm', for: 'unbinned fits of top pairs by learned ratios', kind: 'paper' },
    title: 'Unbinned multivariate observables for global SMEFT analyses from machine learning',
    authors: [
      ...['Gomez Ambrosio, Raquel', 'ter Hoeve, Jaco', 'Madigan, Maeve', 'Rojo, Juan', 'Sanz, Veronica'],
    ],
    ...{ year: 2023, eprint: '2211.02058', journal: 'JHEP 03 (2023) 033' },
  },
  {
    ...{
      key: 'Dulat:2015mca',
      for: 'the default parton densities, which re-parametrise CT14lo',
      kind: 'densities',
    },
    title: 'New parton distribution functions from a global analysis of quantum chromodynamics',
    authors: [
      ...['Dulat, Sayipjamal', 'Hou, Tie-Jiun', 'Gao, Jun', 'Guzzi, Marco', 'Huston, Joey'],
      ...['Nadolsky, Pavel', 'Pumplin, Jon', 'Schmidt, Carl', 'Stump, Daniel', 'Yuan, C.-P.'],
    ],
    ...{ year: 2016, eprint: '1506.07443', journal: 'Phys. Rev. D 93 (2016) 033006' },
  },
  {
    ...{ key: 'CMS:2018mdl', for: 'the measured Drell-Yan spectrum', kind: 'measurement' },
    title:
      'Measurement of the differential Drell-Yan cross section in proton-proton collisions at √s = 13 TeV',
    authors: ['{CMS Collaboration}'],
    ...{ year: 2019, eprint: '1812.10529', journal: 'JHEP 12 (2019) 059' },
    doi: '10.17182/hepdata.88043',
  },
]

/** One BibTeX entry each; text beyond ASCII as BibTeX of every age reads it. */
export function bibTeX(all: readonly Reference[]): string {
  return all
    .map(({ key, kind, title, authors, year, journal, eprint, doi, for: what }) => {
      const fields = [
        ['title', `{${title}}`],
        ['author', authors.join(' and ')],
        ['year', String(year)],
        ...(journal ? [['journal', journal]] : []),
        ...(eprint
          ? [
              ['eprint', eprint],
              ['archivePrefix', 'arXiv'],
            ]
          : []),
        ...(doi ? [['note', `HEPData, doi:${doi}`]] : []),
        ...(kind === 'app' ? [['note', 'MIT licence']] : []),
      ]
      const lines = fields.map(([name, value]) => `  ${name} = {${plain(value)}},`)
      return `% ${what}\n@${kind === 'app' ? 'software' : 'article'}{${key},\n${lines.join('\n')}\n}\n`
    })
    .join('\n')
}

const plain = (text: string): string => text.replaceAll('é', "{\\'e}").replaceAll('√s', '$\\sqrt{s}$')
