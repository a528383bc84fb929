import type { FitKind } from '../analysis/fit/fit-setup.ts'
import { parameterLabel } from './parameter-label.ts'

export interface SnippetInput {
  kind: FitKind
  names: readonly string[]
  truth: Readonly<Record<string, number>> | null
  provenance: readonly (readonly [string, string])[]
}

/** Python that draws the exported files with getdist and with corner. */
export function pythonSnippet({ kind, names, truth, provenance }: SnippetInput): string {
  const labels = names.map((name) => `r"$${parameterLabel(name).latex}$"`)
  const values = names.map((name) => (truth ? String(truth[name] ?? 0) : 'None'))
  return `${provenance.map(([key, value]) => `# ${key}: ${value}`).join('\n')}
names = [${names.map((name) => `"${name}"`).join(', ')}]
truth = [${values.join(', ')}]

# The chain (theoryscape-${kind}.txt, .paramnames, .ranges, .properties.ini) with getdist
import getdist.plots
from getdist import loadMCSamples
samples = loadMCSamples("theoryscape-${kind}", settings={"contours": [0.68, 0.95, 0.99]})
plotter = getdist.plots.get_subplot_plotter()
plotter.settings.num_plot_contours = 3  # two by default, however many are computed
known = {name: value for name, value in zip(names, truth) if value is not None}
plotter.triangle_plot([samples], names, filled=True, markers=known)
plotter.export("theoryscape-${kind}.pdf")

# The table (theoryscape-${kind}.csv) with corner; weights are those of nested sampling
import corner
import numpy as np
table = np.genfromtxt("theoryscape-${kind}.csv", delimiter=",", names=True, skip_header=${provenance.length})
figure = corner.corner(
    np.column_stack([table[name] for name in names]),
    weights=table["weight"],
    range=[0.999] * len(names),  # the samples reach over all of the prior
    bins=40,
    levels=(0.68, 0.95, 0.99),
    fill_contours=True,
    plot_datapoints=False,
    labels=[${labels.join(', ')}],
    truths=truth,
)
figure.savefig("theoryscape-${kind}-corner.pdf")
`
}
