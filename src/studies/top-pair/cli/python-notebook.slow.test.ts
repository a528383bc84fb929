import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const notebook = 'python/theoryscape.ipynb'

it('the notebook gives the outputs that are stored in it', ({ skip }) => {
  const { error, status, stdout, stderr } = spawnSync(
    'python3',
    ['python/run_notebook.py', notebook, '--check'],
    { encoding: 'utf8' },
  )
  if (error) return skip('there is no python3 here to run the notebook')
  expect(stdout + stderr).toBe('8 cells, 0 with other outputs than stored\n')
  expect(status).toBe(0)
}, 120_000)

it('a cell gives what it prints and the value of its last line, as Jupyter does', ({ skip }) => {
  const { cells } = JSON.parse(readFileSync(notebook, 'utf8')) as {
    cells: { cell_type: string; outputs?: { text?: string[] }[] }[]
  }
  const printed = cells.flatMap(({ outputs = [] }) => outputs.flatMap(({ text = [] }) => text))
  expect(printed).toContain("{'clq1': 0.5}\n")
  const program = [
    `import sys; sys.path.insert(0, 'python'); import run_notebook as r`,
    `print(r.run_cell("print('a')\\n1 + 1", {}))`,
  ]
  const { error, stdout } = spawnSync('python3', ['-c', program.join('\n')], { encoding: 'utf8' })
  if (error) return skip('there is no python3 here to run the notebook')
  expect(stdout).toContain(`'text': ['a\\n']`)
  expect(stdout).toContain(`'text/plain': ['2']`)
})
