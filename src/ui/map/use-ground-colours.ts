import { useMemo } from 'react'

import { contrastRatio } from '../plots/palettes.ts'
import type { Theme } from '../plots/palettes.ts'
import { useFigureTheme } from '../plots/use-figure-theme.ts'

type Rgb = readonly [number, number, number]

/** Colours of the page that the points need as bytes. */
export interface GroundColours {
  theme: Theme
  paper: Rgb
  context: Rgb
}

/** The tokens --panel and --context in force; follows theme, system setting and forced colours. */
export function useGroundColours(): GroundColours {
  const figure = useFigureTheme()
  return useMemo(() => {
    const paper = parseRgb(figure.panel, [255, 255, 255])
    const theme: Theme =
      contrastRatio(paper, [0, 0, 0]) > contrastRatio(paper, [255, 255, 255]) ? 'light' : 'dark'
    const context: Rgb = theme === 'light' ? [150, 153, 160] : [120, 125, 134]
    return { theme, paper, context }
  }, [figure])
}

/** '#rrggbb' and what browsers compute: 'rgb(1, 2, 3)'. */
export function parseRgb(colour: string, fallback: Rgb): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (hex) return [Number.parseInt(hex[1], 16), Number.parseInt(hex[2], 16), Number.parseInt(hex[3], 16)]
  const numbers = /^rgba?\(([^)]+)\)/
    .exec(colour)?.[1]
    .match(/[\d.]+/g)
    ?.map(Number)
  return numbers && numbers.length >= 3 ? [numbers[0], numbers[1], numbers[2]] : fallback
}
