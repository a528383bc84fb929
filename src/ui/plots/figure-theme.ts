/** Frame colours of a figure: those of the page's tokens, as plain colours that plotly and SVG files understand. */
export interface FigureTheme {
  ink: string
  inkSoft: string
  panel: string
  line: string
  grid: string
  accent: string
  bad: string
  warn: string
  data: string
  font: string
}

const sans = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', sans-serif"

/** The light tokens of app/tokens.css: for exported files, which are printed on paper, and for tests. */
export const paperTheme: FigureTheme = {
  ink: '#1a1c20',
  inkSoft: '#585d66',
  panel: '#ffffff',
  line: '#dadad5',
  grid: '#ececea',
  accent: '#1c58b8',
  bad: '#b0241b',
  warn: '#855000',
  data: '#111214',
  font: sans,
}

/** Reads the tokens in force; system colours (forced-colours mode) are resolved to numbers by the browser. */
export function readFigureTheme(root: HTMLElement = document.documentElement): FigureTheme {
  const probe = document.createElement('span')
  probe.hidden = true
  root.append(probe)
  const colour = (token: string, fallback: string): string => {
    probe.style.color = ''
    probe.style.color = `var(${token}, ${fallback})`
    return getComputedStyle(probe).color || fallback
  }
  const theme: FigureTheme = {
    ink: colour('--ink', paperTheme.ink),
    inkSoft: colour('--ink-soft', paperTheme.inkSoft),
    panel: colour('--panel', paperTheme.panel),
    line: colour('--line', paperTheme.line),
    grid: colour('--grid', paperTheme.grid),
    accent: colour('--accent', paperTheme.accent),
    bad: colour('--bad', paperTheme.bad),
    warn: colour('--warn', paperTheme.warn),
    data: colour('--data', paperTheme.data),
    font: sans,
  }
  probe.remove()
  return theme
}
