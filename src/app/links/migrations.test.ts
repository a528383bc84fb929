import { expect, it } from 'vitest'
import { linkVersion } from '../../share/link-version.ts'
import { checkMigrations, migrate } from '../../share/migrations.ts'
import { generations } from './generations.ts'
import { linkMigrations } from './migrations.ts'

it('lead to the current version', () => {
  expect(() => checkMigrations(linkMigrations, linkVersion)).not.toThrow()
})

it('version 2 has a key for each study, and every link says its generation', () => {
  const state = { fit: { seed: 2 }, noise: 'replica', training: { steps: 5 }, bins: 4, dataset: 'x' }
  const { document } = migrate(
    {
      pairs: [
        ['view', 'fit'],
        ['g', '9'],
      ],
      state,
    },
    1,
    linkMigrations,
  )
  expect(document).toEqual({
    pairs: [
      ['g', '1'],
      ['view', 'fit'],
    ],
    state: {
      bins: 4,
      dataset: 'x',
      'drell-yan': { noise: 'replica', training: { steps: 5 } },
      'top-pair': { fit: { seed: 2 } },
    },
  })
})

it('names no field that generation 1 lacks', () => {
  const { 'drell-yan': dy, 'top-pair': tt } = generations[0].studies
  const { document } = migrate(
    {
      pairs: [],
      state: Object.fromEntries([dy, tt].flatMap(({ defaults }) => Object.entries(defaults))),
    },
    1,
    linkMigrations,
  )
  // Those that came with version 2 stay where version 1 never had them, as the dataset does, which has a key.
  const { 'drell-yan': a, 'top-pair': b, ...rest } = document.state
  expect(Object.keys(rest)).toEqual([
    ...['dataset', 'named', 'hiddenFamilies', 'familyContours', 'showLost', 'tour'],
    ...['panels', 'pdf', 'fitPanels'],
  ])
  expect(a).toMatchObject({ model: 'dy-supcon-2d' })
  expect(b).toMatchObject({ fitFront: 'unbinned' })
})
