import { join } from 'node:path'
import { expect, it } from 'vitest'
import { modelFolder } from '../../../cli/files.ts'
import { featureStudyCommand } from './feature-study.ts'

const refused = (folders: string[]) =>
  featureStudyCommand.run(
    [`--networks=${folders.map((name) => join(modelFolder, 'ratios', name)).join(',')}`],
    () => {},
  )

it('refuses networks of other events, and one replica twice, before anything is measured', async () => {
  await expect(refused(['tt-700-1'])).rejects.toThrow(/other events.*700.*1450/s)
  await expect(refused(['tt-1450-1', 'tt-1450-1'])).rejects.toThrow(/one network for each/)
})
