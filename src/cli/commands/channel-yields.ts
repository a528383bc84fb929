import { channelNames, multiplicity, passesChannel } from '../../dataset/dark-machines/channels.ts'
import { defineCommand } from '../command.ts'
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
    channel: { kind: 'choice', choices: channelNames, required: true, help: 'selection of arXiv:2105.14027' },
    ...objectOptions,
  },
  run: async (options, log) => {
    const { channel } = options
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
    return { lines: reader.lines, passed, weightSum, yields, badLines: reader.badLines }
  },
})
