import { describe, expect, it } from 'vitest'

// Whatever draws data has a test of its own beside it, by names:
//
// - A figure builder is an exported function that returns a PlotlyFigureSpec or a SpectrumFigureSpec. It lives in a file
//   `*-figure.ts` or `*-figures.ts`; `*-figure.test.ts` beside it calls it. No other file may lay out a figure.
// - A picture of our own is a component or a layer that makes SVG or draws on a canvas. A test of its file's name, or
//   that of the picture it is a part of, draws it.
//
// What such tests assert is numbers: places, ranges, texts, colours (testing/figure-parts.ts, testing/svg-parts.ts).

const sources = import.meta.glob<string>(
  ['./ui/**/*.{ts,tsx}', './app/**/*.{ts,tsx}', './studies/*/views/**/*.{ts,tsx}'],
  { query: '?raw', import: 'default', eager: true },
)
const isTest = (file: string) => /\.test\.tsx?$/.test(file)
const files = Object.entries(sources).filter(([file]) => !isTest(file) && !file.endsWith('.d.ts'))

/** Parts of a picture that are tested with the whole. */
const partOf: Record<string, string> = {
  './studies/drell-yan/views/spectra/SpectrumWords.tsx': './studies/drell-yan/views/spectra/SpectrumTraces',
  './studies/drell-yan/views/spectra/LiveLayer.tsx': './studies/drell-yan/views/spectra/SpectrumTraces',
  './studies/drell-yan/views/interpret/anomaly/ShapeAxesFrame.tsx':
    './studies/drell-yan/views/interpret/anomaly/ShapePlot',
  './ui/map/MapLabel.tsx': './ui/map/MapOverlay',
}

const laysOut = /\bframeLayout\(|\bplot_bgcolor\b/
const draws = /<(svg|path|circle|ellipse|polyline|text)\b/
const paints = /\.getContext\(/

/** Exported functions of a file whose declared result is a figure. */
function buildersOf(text: string): string[] {
  const declared = /^(export )?(?:async )?(?:function|const) (\w+)/gm
  const declarations = [...text.matchAll(declared)].map(([, exported, name]) => ({ exported, name }))
  const places = [...text.matchAll(declared)].map(({ index }) => index)
  return [...text.matchAll(/\): \w*FigureSpec\b/g)].flatMap(({ index }) => {
    const owner = declarations[places.filter((place) => place < index).length - 1]
    return owner?.exported ? [owner.name] : []
  })
}

const testsOf = (file: string): string => {
  const base = partOf[file] ?? file.replace(/\.tsx?$/, '')
  return sources[`${base}.test.ts`] ?? sources[`${base}.test.tsx`] ?? ''
}

const builders = files.flatMap(([file, text]) => buildersOf(text).map((name) => ({ file, name })))
/** What all figures are laid out with. */
const toolbox = ['./ui/plots/plot-frame.ts', './studies/drell-yan/views/spectra/layout.ts']
/** Shows that there is nothing to show. */
const withoutData = ['./ui/common/Panel.tsx']
const pictures = files.flatMap(([file, text]) => {
  const isPicture = (file.endsWith('.tsx') && draws.test(text)) || paints.test(text)
  return isPicture && !withoutData.includes(file)
    ? [{ file, name: /^export (?:const|function) ([A-Z]\w+|create\w+)/m.exec(text)?.[1] ?? 'it' }]
    : []
})

it('finds the builders and pictures that there are', () => {
  // Counted by hand: a pattern that finds none would let every test below pass.
  expect(builders.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['cornerFigure', 'spectrumFigure', 'covarianceFigure', 'rocFigure', 'lossFigure']),
  )
  expect(builders.length).toBeGreaterThanOrEqual(20)
  expect(pictures.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'ShapePlot',
      'MapOverlay',
      'createCanvasLayer',
      'createWebglLayer',
      'SpectrumTraces',
    ]),
  )
  expect(pictures.length).toBeGreaterThanOrEqual(13)
})

it('knows a builder by its result, however its parameters are written', () => {
  expect(
    buildersOf(
      [
        'export function oneFigure(input: A): PlotlyFigureSpec {',
        'export function twoFigure(',
        '  { a, b }: Pick<B, "a">,',
        '  theme: FigureTheme,',
        '): SpectrumFigureSpec {',
        'export const threeFigure = (input: A): PlotlyFigureSpec => ({ data: [], layout: {} })',
        'export function words(input: A): string {',
        '}',
        'function part(theme: FigureTheme): PlotlyFigureSpec {',
      ].join('\n'),
    ),
  ).toEqual(['oneFigure', 'twoFigure', 'threeFigure'])
})

describe('figure builders', () => {
  it.each(builders)('$name, $file', ({ file, name }) => {
    expect(file, 'builders live in *-figure.ts or *-figures.ts').toMatch(/-figures?\.ts$/)
    const called = new RegExp(`\\b${name}\\(`).test(testsOf(file))
    expect(called, `${file.replace('.ts', '.test.ts')} must call ${name}`).toBe(true)
  })

  it('share their file with everything that lays out a figure', () => {
    const others = files.filter(
      ([file, text]) => laysOut.test(text) && buildersOf(text).length === 0 && !toolbox.includes(file),
    )
    expect(others.map(([file]) => file)).toEqual([])
  })
})

describe('pictures of our own', () => {
  it.each(pictures)('$name, $file', ({ file, name }) => {
    // A part is drawn by its whole.
    const drawn = partOf[file] ? /<\w+/ : new RegExp(`<${name}\\b|\\b${name}\\(`)
    expect(drawn.test(testsOf(file)), `${file.replace('.tsx', '.test.tsx')} must draw ${name}`).toBe(true)
  })
})
