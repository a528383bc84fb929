import { AppError } from '../../errors.ts'
import { formatCount } from '../common/format.ts'
import { toScreen, type Camera, type Viewport } from './camera.ts'
import { missingColour, type LayerColours, type PointStyle } from './layer.ts'
import type { ColourLegend } from './MapLegend.tsx'
import { pointForm } from './point-form.ts'
import type { MapPoints } from './types.ts'

/** All that a map shows now, as a picture of it needs it. */
export interface MapPictureSource {
  points: MapPoints
  colours: LayerColours
  selected: Uint8Array | null
  flagged: Uint8Array | null
  camera: Camera
  viewport: Viewport
  style: PointStyle
  /** Axes and marks above the dots, as the page has drawn them. */
  overlay: SVGSVGElement
}

export interface MapPicture {
  svg: string
  width: number
  height: number
}

/** More are no picture that another program opens. */
const mostDots = 200_000

/** Room about the plot for numbers and titles [px]; below it one line of legend. */
const room = { left: 50, right: 14, top: 14, bottom: 44, legend: 22 }

/**
 * The map as a vector picture, as it is seen: dots, marks, axes and the legend of its classes, on the ground of the page.
 *
 * @throws AppError 'input/invalid' where too many dots are in the frame
 */
export function mapPicture(source: MapPictureSource, legend: ColourLegend): MapPicture {
  const { viewport, colours, overlay } = source
  const width = viewport.width + room.left + room.right
  const height = viewport.height + room.top + room.bottom + room.legend
  const ground = rgb(colours.ground)
  const ink = getComputedStyle(overlay).color
  const font = getComputedStyle(overlay).fontFamily.replaceAll('"', "'")
  const entries = legend.kind === 'classes' ? legend.entries.filter(({ hidden }) => !hidden) : []
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-room.left} ${-room.top} ${width} ${height}" font-family="${font}" font-size="12">`,
    `<rect x="${-room.left}" y="${-room.top}" width="${width}" height="${height}" fill="${ground}"/>`,
    `<clipPath id="frame"><rect width="${viewport.width}" height="${viewport.height}"/></clipPath>`,
    `<g clip-path="url(#frame)">${dots(source)}</g>`,
    overlayMarkup(overlay),
    `<g transform="translate(0 ${viewport.height + room.bottom + room.legend / 2})" fill="${ink}">${legendMarkup(entries, viewport.width)}</g>`,
    '</svg>',
  ].join('\n')
  return { svg, width, height }
}

/** Dots as the renderers draw them (canvas-layer.ts): those that are not selected first, rings where they are flagged. */
function dots({ points, colours, selected, flagged, camera, viewport, style }: MapPictureSource): string {
  const groups = new Map<string, string[]>()
  const order = ['context']
  let drawn = 0
  for (let row = 0; row < points.count; row++) {
    const [x, y] = toScreen(camera, viewport, points.x[row], points.y[row])
    if (!(x > -9 && y > -9 && x < viewport.width + 9 && y < viewport.height + 9)) continue
    if (++drawn > mostDots)
      throw new AppError(
        'input/invalid',
        `More than ${formatCount(mostDots)} of ${formatCount(points.count)} dots are in the frame: too many for a picture that other programs open. Zoom in, or hide some of them.`,
      )
    const chosen = selected !== null && selected[row] !== 0
    const grey = (selected !== null && !chosen) || colours.index[row] === missingColour
    const key = grey ? missingColour : colours.index[row]
    const { radius, round, ring } = pointForm(style.size, 2, chosen, flagged !== null && flagged[row] !== 0)
    const alpha = grey ? style.contextAlpha : chosen ? Math.min(0.9, 1.4 * style.alpha) : style.alpha
    const colour = rgb(grey ? colours.context : colours.table.subarray(4 * key, 4 * key + 3))
    const paint = ring
      ? `fill="none" stroke="${colour}" stroke-width="${ring.width.toFixed(2)}" stroke-opacity="${alpha.toFixed(3)}"`
      : `fill="${colour}" fill-opacity="${alpha.toFixed(3)}"`
    const name = grey ? 'context' : paint
    const shape = colours.table[4 * key + 3]
    const markup = dot(x, y, ring?.radius ?? radius, ring || grey ? 0 : round ? shape : 1)
    const group = groups.get(name)
    if (group) group.push(markup)
    else {
      groups.set(name, [`<g ${paint}>`, markup])
      if (name !== 'context') order.push(name)
    }
  }
  return order.flatMap((name) => [...(groups.get(name) ?? []), groups.has(name) ? '</g>' : '']).join('')
}

/** @param shape  0 disc, 1 square, 2 diamond, 3 triangle, as in LayerColours.table */
function dot(x: number, y: number, r: number, shape: number): string {
  const [at, to] = [x.toFixed(1), y.toFixed(1)]
  const d = r.toFixed(2)
  if (shape === 1)
    return `<rect x="${(x - r).toFixed(1)}" y="${(y - r).toFixed(1)}" width="${(2 * r).toFixed(2)}" height="${(2 * r).toFixed(2)}"/>`
  if (shape === 2) return `<path d="M${at} ${to}m0-${d}l${d} ${d}-${d} ${d}-${d}-${d}z"/>`
  if (shape === 3)
    return `<path d="M${at} ${to}m0-${d}l${d} ${(1.8 * r).toFixed(2)}h-${(2 * r).toFixed(2)}z"/>`
  return `<circle cx="${at}" cy="${to}" r="${d}"/>`
}

function legendMarkup(
  entries: readonly { label: string; colour: string; shape: string }[],
  width: number,
): string {
  const codes: Record<string, number> = { disc: 0, square: 1, diamond: 2, triangle: 3 }
  let x = 6
  return entries
    .map(({ label, colour, shape }) => {
      const here = x
      x += 24 + 6.6 * label.length
      // What has no room is in the legend of the page and in the table of the file.
      if (x > width + room.right) return ''
      return `<g fill="${colour}">${dot(here, -4, 4.5, codes[shape] ?? 0)}</g><text x="${here + 10}" y="0">${escaped(label)}</text>`
    })
    .join('')
}

/** Styles of the page's sheets that a picture on its own lacks. */
const styles = [
  ...[
    'fill',
    'fill-opacity',
    'stroke',
    'stroke-width',
    'stroke-opacity',
    'stroke-dasharray',
    'stroke-linecap',
  ],
  ...['stroke-linejoin', 'opacity', 'paint-order', 'font-family', 'font-size', 'font-weight', 'font-style'],
  ...['text-anchor', 'visibility', 'display'],
]

function overlayMarkup(overlay: SVGSVGElement): string {
  const copy = overlay.cloneNode(true) as SVGSVGElement
  const originals = overlay.querySelectorAll('*')
  copy.querySelectorAll('*').forEach((element, k) => {
    const style = getComputedStyle(originals[k])
    for (const name of styles) {
      const value = style.getPropertyValue(name)
      if (value) element.setAttribute(name, value.replaceAll('"', "'"))
    }
    element.removeAttribute('class')
  })
  const inner = [...copy.childNodes].map((node) => new XMLSerializer().serializeToString(node)).join('')
  return `<g>${inner}</g>`
}

/** A picture as a bitmap, `scale` pixels a CSS pixel. @throws AppError 'input/invalid' where the browser makes none */
export async function pngOf({ svg, width, height }: MapPicture, scale: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    if (blob) return blob
  } finally {
    URL.revokeObjectURL(url)
  }
  throw new AppError(
    'input/invalid',
    `This browser makes no picture of ${Math.round(width * scale)} × ${Math.round(height * scale)} pixels: choose a smaller one, or SVG.`,
  )
}

const rgb = ([r, g, b]: ArrayLike<number> & Iterable<number>): string => `rgb(${r},${g},${b})`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
