import { channelNames, multiplicity, passesChannel } from '../../dataset/dark-machines/channels.ts'
import { defineCommand } from '../command.ts'
import { besidePublished, readPublishedYields, type PublishedYields } from '../published-yields.ts'
import { AppError } from '../../errors.ts'
import { eventFileHelp, objectOptions, readEventFile } from '../event-files.ts'

export const channelYieldsCommand = defineCommand({
  summary: 'events of a Dark Machines or ROOT file that pass a channel, by their numbers of objects',
  places: ['events'],
  options: {
    events: {
      required: true,
      kind: 'file',
      what: 'file of events',
      help: eventFileHelp,
    },
    published: {
      kind: 'file',
      what: 'JSON of published yields',
      help: '{"yields": {NAME: {"6j0b0e0m0g": [EVENTS, OF ALL], ...}}}: shares beside theirs',
    },
    sample: { kind: 'text', most: 200, help: 'NAME of the sample in --published' },
    channel: { kind: 'choice', choices: channelNames, required: true, help: 'selection of arXiv:2105.14027' },
    ...objectOptions,
  },
  run: async (options, log) => {
    const { channel } = options
    const published = publishedOf(options)
    let [passed, weightSum] = [0, 0]
    const counts = new Map<string, number>()
    const reader = await readEventFile(options.events, options, (event) => {
      if (!passesChannel(channel, event)) return
      passed++
      weightSum += event.weight
      const key = multiplicity(event)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    })
    for (const { line, reason } of reader.bad) log(`${reader.noun} ${line} ${reason}`)
    const yields = Object.fromEntries([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)))
    return {
      ...{ lines: reader.lines, passed, weightSum, yields, badLines: reader.badLines },
      ...(published && { beside: besidePublished(counts, passed, published) }),
    }
  },
})

/** @throws AppError 'input/invalid' where one of both is given; as readPublishedYields */
function publishedOf({
  published,
  sample,
}: {
  published?: string
  sample?: string
}): PublishedYields | undefined {
  if (published === undefined && sample === undefined) return undefined
  if (published !== undefined && sample !== undefined) return readPublishedYields(published, sample)
  throw new AppError(
    'input/invalid',
    '--published and --sample go together: a file, and which of its samples. Give both.',
  )
}
