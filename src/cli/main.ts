import { AppError } from '../errors.ts'
import { parseOptions } from './arguments.ts'
import type { Command } from './command.ts'

const commands: Record<string, () => Promise<Command>> = {
  pdf: async () => (await import('./commands/pdf.ts')).pdfCommand,
  spectrum: async () => (await import('./commands/spectrum.ts')).spectrumCommand,
  uv: async () => (await import('./commands/uv.ts')).uvCommand,
  wcxf: async () => (await import('./commands/wcxf.ts')).wcxfCommand,
  nested: async () => (await import('./commands/nested.ts')).nestedCommand,
  'ttbar-generate': async () => (await import('./commands/ttbar-generate.ts')).ttbarGenerateCommand,
  'ttbar-import': async () => (await import('./commands/ttbar-import.ts')).ttbarImportCommand,
  'ttbar-weights': async () => (await import('./commands/ttbar-weights.ts')).ttbarWeightsCommand,
  'ttbar-partonic': async () => (await import('./commands/ttbar-partonic.ts')).ttbarPartonicCommand,
  'train-ratio': async () => (await import('./commands/train-ratio.ts')).trainRatioCommand,
  anomaly: async () => (await import('./commands/anomaly.ts')).anomalyCommand,
  retrieve: async () => (await import('./commands/retrieve.ts')).retrieveCommand,
  limits: async () => (await import('./commands/limits.ts')).limitsCommand,
  fit: async () => (await import('./commands/fit.ts')).fitCommand,
  calibrate: async () => (await import('./commands/calibrate.ts')).calibrateCommand,
  classify: async () => (await import('./commands/classify.ts')).classifyCommand,
  encode: async () => (await import('./commands/encode.ts')).encodeCommand,
  'train-encoder': async () => (await import('./commands/train-encoder.ts')).trainEncoderCommand,
  'make-corpus': async () => (await import('./commands/make-corpus.ts')).makeCorpusCommand,
  'make-data': async () => (await import('./commands/make-data.ts')).makeDataCommand,
  'train-models': async () => (await import('./commands/train-models.ts')).trainModelsCommand,
  'make-first-picture': async () =>
    (await import('./commands/make-first-picture.ts')).makeFirstPictureCommand,
  'check-generated': async () => (await import('./commands/check-generated.ts')).checkGeneratedCommand,
}

const exitCodes = { ok: 0, badInput: 2, notConverged: 3 } as const

async function main(argv: string[]): Promise<number> {
  const [name, ...rest] = argv
  if (!name || name === 'help' || name === '--help') {
    console.log(await usage())
    return exitCodes.ok
  }
  if (!Object.hasOwn(commands, name))
    throw new AppError(
      'input/invalid',
      `There is no command "${name}". Known: ${Object.keys(commands).join(', ')}.`,
    )
  const command = await commands[name]()
  if (rest.includes('--help')) {
    console.log(describe(name, command))
    return exitCodes.ok
  }
  const result = await command.run(parseOptions(command.options, rest), (line) => console.error(line))
  process.stdout.write(`${JSON.stringify(result)}\n`)
  const unconverged =
    typeof result === 'object' && result !== null && 'converged' in result && !result.converged
  return unconverged ? exitCodes.notConverged : exitCodes.ok
}

function describe(name: string, command: Command): string {
  const lines = Object.entries(command.options).map(
    ([option, { flag, default: value, help }]) =>
      `  --${option}${flag ? '' : ' VALUE'}  ${help}${value === undefined ? '' : ` (default ${value})`}`,
  )
  return [`${name}: ${command.summary}`, ...lines].join('\n')
}

async function usage(): Promise<string> {
  const all = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(16)} ${(await load()).summary}`),
  )
  return [
    'Usage: npm run -s cli -- COMMAND [--option VALUE ...]',
    'JSON on stdout, errors on stderr.',
    ...all,
  ].join('\n')
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (thrown: unknown) => {
    const error = AppError.from(thrown)
    console.error(`${error.code}: ${error.message}`)
    if (error.code === 'job/crashed') console.error(error.context.stack)
    process.exitCode = error.code === 'numerics/not-converged' ? exitCodes.notConverged : exitCodes.badInput
  },
)
