import { expect, it } from 'vitest'
import type { Command } from './command.ts'
import { matchCommands } from './match-commands.ts'

const command = (label: string, keywords?: string): Command => ({ id: label, label, keywords, run: () => {} })
const commands = [
  command('Train the encoder'),
  command('Reset all coefficients', 'wilson sm'),
  command('Colour by distance'),
  command('Share: copy the link'),
  command('Copy CSV'),
]
const labels = (query: string) => matchCommands(commands, query).map((c) => c.label)

it('keeps everything for an empty query', () => expect(labels('  ')).toHaveLength(5))
it('puts labels that start with the query first', () =>
  expect(labels('copy')).toEqual(['Copy CSV', 'Share: copy the link']))
it('needs every word, in any order, keywords included', () => {
  expect(labels('wilson reset')).toEqual(['Reset all coefficients'])
  expect(labels('train link')).toEqual([])
})
