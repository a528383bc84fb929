import { expect, it } from 'vitest'
import { pythonSnippet } from './python-snippet.ts'

it('writes Python that names the files it reads', () => {
  const text = pythonSnippet({
    kind: 'exact',
    names: ['td8', 'tq8'],
    truth: { td8: 0.45 },
    provenance: [['seed', '1']],
  })
  expect(text).toMatch(/^# seed: 1\n/)
  expect(text).toContain('truth = [0.45, 0]')
  // genfromtxt would take the first comment for the names.
  expect(text).toContain('"theoryscape-exact.csv", delimiter=",", names=True, skip_header=1)')
  expect(text).toContain(String.raw`r"$C_{td}^{(8)}/\Lambda^2\ [\mathrm{TeV}^{-2}]$"`)
  // Three levels are drawn only where both are said.
  expect(text).toContain('settings={"contours": [0.68, 0.95, 0.99]}')
  expect(text).toContain('plotter.settings.num_plot_contours = 3')
})
