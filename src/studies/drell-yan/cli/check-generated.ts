import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../errors.ts'
import { defineCommand } from '../../../cli/command.ts'
import { dataFolder } from '../../../cli/files.ts'
import { makeShippedData } from './shipped-data.ts'

export const checkGeneratedCommand = defineCommand({
  summary: 'makes the shipped datasets again and compares them with public/data byte by byte',
  options: {},
  run: async (_, log) => {
    const different: string[] = []
    for (const { manifest, files } of await makeShippedData())
      for (const { name, bytes } of files) {
        const path = join(dataFolder, manifest.id, name)
        if (!existsSync(path) || !readFileSync(path).equals(bytes)) different.push(`${manifest.id}/${name}`)
        else log(`same: ${manifest.id}/${name}`)
      }
    if (different.length)
      throw new AppError(
        'data/mismatch',
        `${different.length} shipped files differ from what the code makes: ${different.join(', ')}. Run npm run make:data and npm run train, and commit the result.`,
      )
    return { same: true }
  },
})
