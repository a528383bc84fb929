import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { AboutDialog } from './AboutDialog.tsx'

// @vitest-environment happy-dom
afterEach(cleanup)

it('names version, licences and works, and copies the BibTeX of all', async () => {
  const notify = vi.fn()
  const written: string[] = []
  vi.stubGlobal('navigator', {
    clipboard: { writeText: async (text: string) => void written.push(text) },
  })
  render(<AboutDialog onClose={() => undefined} notify={notify} />)
  const dialog = screen.getByRole('dialog', { name: 'About and Cite' })
  expect(dialog.textContent).toMatch(/theoryscape \d+\.\d+\.\d+/)
  expect(dialog.textContent).toContain('MIT licence')
  expect(dialog.textContent).toContain('Supratim Das Bakshi')
  expect(dialog.textContent).toContain('Sayipjamal Dulat, Tie-Jiun Hou')
  screen.getByRole('button', { name: 'Copy BibTeX' }).click()
  await vi.waitFor(() => expect(notify).toHaveBeenCalledWith('BibTeX copied.'))
  expect(written[0]).toMatch(/^% this app\n@software\{theoryscape,/)
  vi.unstubAllGlobals()
})
