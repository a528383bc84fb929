import type { PlotlyApi, PlotlyFigureSpec } from '../ui/plots/plotly.ts'

// Unit tests get this module where the page gets plotly (vite.config.ts): a DOM without layout cannot draw, and what
// the page asks to be drawn is what they are about.

const drawn = new Map<Element, PlotlyFigureSpec>()
/** One white dot. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
const exported: { format: string; figure: PlotlyFigureSpec }[] = []

const plotly: PlotlyApi = {
  react: async (root, data, layout) => {
    drawn.set(root, { data, layout })
    return root
  },
  purge: (root) => void drawn.delete(root),
  toImage: async (figure, { format }) => {
    exported.push({ format, figure })
    return format === 'svg'
      ? `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg"></svg>')}`
      : `data:image/png;base64,${png}`
  },
}

export default plotly

/** What stands in an element now; undefined as long as nothing was drawn into it. */
export const drawnIn = (root: Element): PlotlyFigureSpec | undefined => drawn.get(root)

/** Pictures that were exported, the newest last. */
export const exportedPictures: readonly { format: string; figure: PlotlyFigureSpec }[] = exported
