import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const megabyte = 1 << 20

/** Most memory of a process that runs the code, above that of one that only loads it [MiB], and what the code printed. */
function peakOf(imports: string, code: string): { peak: number; printed: string } {
  const run = (body: string): { peak: number; printed: string } => {
    const source = `${imports}\n${body}\nconsole.log(process.resourceUsage().maxRSS)`
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', source],
      { encoding: 'utf8', cwd: import.meta.dirname },
    )
    if (status !== 0) throw new Error(stderr)
    const lines = stdout.trim().split('\n')
    return { peak: Number(lines.pop()) / 1024, printed: lines.join('\n') }
  }
  const idle = run('')
  const { peak, printed } = run(code)
  return { peak: peak - idle.peak, printed }
}

const told = (call: string) => `try { ${call} } catch (error) { console.log(error.message) }`

describe('memory of reading', () => {
  it('16 MiB of line ends in a table', () => {
    const { peak, printed } = peakOf(
      `import { readCsv } from './csv.ts'`,
      `const bytes = new Uint8Array(${16 * megabyte}).fill(10); ${told('readCsv(bytes)')}`,
    )
    expect(printed).toMatch(/it has no line of numbers/)
    // Bytes and text, and what young objects take before they are collected.
    expect(peak).toBeLessThan(100)
  })

  it('a grid that announces 71,428 x 71,428 rows', () => {
    const { peak, printed } = peakOf(
      `import { parseLhaGrid } from '../physics/pdf/lhagrid.ts'`,
      `const x = Array.from({ length: 71428 }, (_, i) => (1e-9 * (i + 1)).toExponential(6)).join(' ')
       const q = Array.from({ length: 71428 }, (_, i) => (1 + i).toExponential(6)).join(' ')
       const text = ['PdfType: central', 'Format: lhagrid1', '---', x, q, '1 2 21', '0.1 0.1 0.1', '---', ''].join('\\n')
       ${told("parseLhaGrid(text, 'huge_0000.dat')")}`,
    )
    expect(printed).toMatch(/stops after 1 of 5101959184 rows \(71428 x knots times 71428 Q knots\)/)
    expect(peak).toBeLessThan(120)
  })
})
