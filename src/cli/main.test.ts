import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repositoryRoot } from './files.ts'

interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

/** The command line as a person starts it. */
function cli(...argv: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...argv], {
      cwd: join(repositoryRoot),
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (part: Buffer) => (stdout += part.toString()))
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

describe('the command line', async () => {
  const [pdf, bad, unknown, help] = await Promise.all([
    cli('pdf', '--x', '0.1', '--q', '91.1876'),
    cli('spectrum', '--edges', '100,80'),
    cli('spectra'),
    cli('spectrum', '--help'),
  ])

  it('prints one line of JSON on stdout, nothing else, and ends with 0', () => {
    expect(pdf.code).toBe(0)
    expect(pdf.stdout.trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(pdf.stdout)).toMatchObject({ x: [0.1], q: 91.1876 })
    expect(pdf.stderr).toBe('')
  })

  it('ends with 2 for bad input, one sentence with its code on stderr, nothing on stdout', () => {
    expect(bad.code).toBe(2)
    expect(bad.stdout).toBe('')
    expect(bad.stderr).toMatch(/^input\/invalid: Bin edges of mll must be .*\[100, 80\]/)
    expect(bad.stderr).not.toMatch(/\n\s+at /)
  })

  it('says where all commands are to someone who asks for another', () => {
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toMatch(/no command "spectra"\. Did you mean spectrum\? "help" lists all \d\d\./)
  })

  it('explains a command', () => {
    expect(help.code).toBe(0)
    expect(help.stdout).toMatch(/--edges NUMBER,\.\.\. \[0 to 200000 GeV\]/)
  })
})
