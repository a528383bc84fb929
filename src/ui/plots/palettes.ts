/**
 * Colours of the data. Classes: M. A. Petroff, "Accessible color sequences for data visualization",
 * arXiv:2107.02270, sequences of 6, 8 and 10. Continuous: viridis and cividis as in matplotlib (CC0), sampled
 * at every 16th and 15th entry; between samples linear in sRGB, off by at most two levels of 255.
 */
export const petroff6 = ['#5790fc', '#f89c20', '#e42536', '#964a8b', '#9c9ca1', '#7a21dd'] as const

export const petroff8 = [
  ...['#1845fb', '#ff5e02', '#c91f16', '#c849a9'],
  ...['#adad7d', '#86c8dd', '#578dff', '#656364'],
] as const

export const petroff10 = [
  ...['#3f90da', '#ffa90e', '#bd1f01', '#94a4a2', '#832db6'],
  ...['#a96b59', '#e76300', '#b9ac70', '#717581', '#92dadd'],
] as const

/** Of what the sliders make, dot and curve alike: no sequence above has a green, and it has 3:1 on both grounds. */
export const liveColour = '#1a9850'

export type Theme = 'light' | 'dark'
export type RampName = 'viridis' | 'cividis' | 'diverging'

/** The shortest Petroff sequence that has `classes` colours; beyond ten they repeat and shape must tell. */
export function classColours(classes: number): string[] {
  const sequence: readonly string[] = classes <= 6 ? petroff6 : classes <= 8 ? petroff8 : petroff10
  return Array.from({ length: classes }, (_, k) => sequence[k % sequence.length])
}

const viridis = [
  ...['#440154', '#48186a', '#472d7b', '#424086', '#3b528b', '#33638d', '#2c728e', '#26828e', '#21918c'],
  ...['#1fa088', '#28ae80', '#3fbc73', '#5ec962', '#84d44b', '#addc30', '#d8e219', '#fde725'],
]

const cividis = [
  ...['#00224e', '#002d68', '#163770', '#2e416d', '#3f4c6c', '#4e566c', '#5c616e', '#696b71', '#767676'],
  ...['#838179', '#928c78', '#a09875', '#afa471', '#bfb06b', '#cfbd62', '#dfca57', '#f0d846', '#fee838'],
]

/** Blue below, red above, the SM at a grey that stands out from paper and from night (3:1 on both). */
const diverging: Record<Theme, string[]> = {
  light: ['#0b2f9e', '#2f62d9', '#7d97cf', '#949494', '#d58a6b', '#d1431a', '#8f1502'],
  dark: ['#8fc1ff', '#4d8cff', '#5b78b8', '#808080', '#b9775b', '#ff6a3a', '#ffb08a'],
}

/** Each theme leaves out the end that would vanish into its ground: yellow on paper, purple on night. */
const kept: Record<Theme, [number, number]> = { light: [0, 0.92], dark: [0.14, 1] }

/** @returns [256, 3] sRGB bytes; legend and points read the same table. */
export function rampColours(name: RampName, theme: Theme): Uint8Array {
  const anchors = (name === 'diverging' ? diverging[theme] : name === 'viridis' ? viridis : cividis).map(
    hexToRgb,
  )
  const [from, to] = name === 'diverging' ? [0, 1] : kept[theme]
  const table = new Uint8Array(256 * 3)
  for (let i = 0; i < 256; i++) {
    const position = (from + ((to - from) * i) / 255) * (anchors.length - 1)
    const k = Math.min(anchors.length - 2, Math.floor(position))
    for (let c = 0; c < 3; c++)
      table[3 * i + c] = Math.round(anchors[k][c] + (position - k) * (anchors[k + 1][c] - anchors[k][c]))
  }
  return table
}

/** A CSS gradient of the same table, for legends. */
export function rampGradient(name: RampName, theme: Theme, direction = 'to right'): string {
  const table = rampColours(name, theme)
  const stops = Array.from({ length: 17 }, (_, k) => {
    const i = Math.min(255, k * 16) * 3
    return `rgb(${table[i]} ${table[i + 1]} ${table[i + 2]})`
  })
  return `linear-gradient(${direction}, ${stops.join(', ')})`
}

/** '#rrggbb' or '#rgb' to bytes. */
export function hexToRgb(hex: string): [number, number, number] {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((d) => d + d).join('') : hex.slice(1)
  const value = Number.parseInt(digits, 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** WCAG 2.2 contrast ratio of two colours, 1 to 21. */
export function contrastRatio(a: readonly number[], b: readonly number[]): number {
  const [la, lb] = [a, b].map(relativeLuminance)
  return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05)
}

function relativeLuminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((byte) => {
    const v = byte / 255
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/**
 * A class colour mixed towards white until it has 3:1 on a dark ground. The sequences were made for white:
 * there they stay as published. Legends of the map use this too.
 */
export function legibleOn(
  rgb: readonly [number, number, number],
  ground: readonly number[],
): [number, number, number] {
  let mixed: [number, number, number] = [...rgb]
  if (relativeLuminance(ground) > 0.5) return mixed
  for (let step = 1; contrastRatio(mixed, ground) < 3 && step <= 20; step++)
    mixed = [0, 1, 2].map((c) => Math.round(rgb[c] + ((255 - rgb[c]) * step) / 20)) as [
      number,
      number,
      number,
    ]
  return mixed
}
