import { join } from 'node:path'
import { makeShippedData } from './shipped-data.ts'
import { defineCommand } from '../../../cli/command.ts'
import { dataFolder, writeFiles } from '../../../cli/files.ts'

export const makeDataCommand = defineCommand({
  summary: 'all datasets that the page ships, into public/data (seeded: same files every time)',
  options: {},
  run: async (_, log) => {
    const made = await makeShippedData()
    for (const { manifest, files } of made) {
      writeFiles(join(dataFolder, manifest.id), files)
      log(`${manifest.id}: ${manifest.universes} universes x ${manifest.replicasPerUniverse} replicas`)
    }
    return made.map(({ manifest, files }) => ({
      id: manifest.id,
      bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    }))
  },
})
