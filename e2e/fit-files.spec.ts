import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { readParquet } from '../src/dataset/parquet.ts'
import type { NumberTable } from '../src/dataset/table.ts'
import { smallLhe } from '../src/testing/small-lhe.ts'
import { writeRoot } from '../src/testing/root-file/write-root.ts'
import { expectNoAxeFaults } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { FitPage, smallFit } from './pages/fit-page.ts'

/** Lines of text from the columns of a table; `change` sees each row's fields. */
function csv(table: NumberTable, names: string[], change: (row: number, fields: string[]) => string[]) {
  const at = names.map((name) => (table.names ?? []).indexOf(name))
  const rows = Array.from({ length: table.rows }, (_, i) =>
    change(
      i,
      at.map((k) => String(table.data[i * table.columns + k])),
    ).join(','),
  )
  return new TextEncoder().encode([names.join(','), ...rows].join('\n'))
}

test('fits events of a file; a file that cannot be read is refused and what was there stays', async ({
  app,
  page,
}, info) => {
  // Events as somebody else would make them, at coefficients that the page does not know.
  const path = info.outputPath('events.parquet')
  const options = [
    ...[
      '--operators',
      'td8,tq8',
      '--events',
      '6000',
      '--mtt-min',
      '700',
      '--selection',
      'dilepton',
      '--unweight',
      '0.45,-0.65',
    ],
    ...['--features', 'm_tt,y_tt,pt_l2', '--seed', '5', '--out', path],
  ]
  await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    'src/cli/main.ts',
    'ttbar-generate',
    ...options,
  ])
  const parquet = await readFile(path)
  const table = await readParquet(parquet)
  const fit = new FitPage(page)
  const observed = fit.panel('Observed data')
  const alert = observed.getByRole('alert')
  const drop = (name: string, bytes: Uint8Array) => app.drop([{ name, bytes }], '[data-testid=fit]')
  const events = (count: number) =>
    expect(fit.stage('Data')).toContainText(`${count} events`, { timeout: 40_000 })
  await app.open(await smallFit())
  await expect(
    page.getByText(/CSV, Parquet, npz, HDF5 or a ROOT tree with the columns m_tt, y_tt, pt_l2/),
  ).toBeVisible()

  await test.step('Parquet with weights: an exact fit too', async () => {
    await drop('events.parquet', parquet)
    await events(table.rows)
    await expect(observed.getByText('your file')).toBeVisible()
    await fit.begin('Run exact alone')
    await expect(fit.stage('Exact')).toContainText(/\d sRun$/, { timeout: 40_000 })
    // Nobody knows the truth of a file: none is drawn.
    await expect(fit.panel('Posterior').locator('.legendtext')).toHaveText(['exact', 'Standard Model'])
  })

  await test.step('a chain of another program is drawn beside it; one without our coefficients is refused', async () => {
    const rows = Array.from(
      { length: 300 },
      (_, i) => `0.5 -${i}.0 ${0.4 + 0.2 * Math.sin(i)} ${-0.5 + 0.1 * Math.cos(2 * i)}`,
    )
    const chain = (names: string) => new TextEncoder().encode([`weight logl ${names}`, ...rows].join('\n'))
    const legend = fit.panel('Posterior').locator('.legendtext')
    await drop('weighted_post.txt', chain('ctd8 c_tq^8'))
    await expect(legend).toHaveText(['exact, filled', 'weighted_post.txt', 'Standard Model'])
    await expect(app.toasts.filter({ hasText: 'weighted_post.txt is drawn beside the fits.' })).toBeVisible()
    const told = page.getByRole('group', { name: 'Chain of your own' })
    await expect(told).toContainText(
      'UltraNest, 300 draws, weighted (300 effective): ctd8 as td8, c_tq^8 as tq8.',
    )
    await drop('other.txt', chain('H0 omega'))
    await expect(
      app.toasts.filter({ hasText: 'other.txt has the parameters H0, omega, none of which' }),
    ).toBeVisible()
    await expect(legend).toHaveText(['exact, filled', 'weighted_post.txt', 'Standard Model'])
    await told.getByRole('button', { name: 'Leave it out' }).click()
    await expect(legend).toHaveText(['exact', 'Standard Model'])
  })

  const columns = ['m_tt', 'y_tt', 'pt_l2']
  const plain = csv(table, columns, (_, fields) => fields)
  await test.step('CSV without weights: no exact fit, and it says why', async () => {
    await drop('plain.csv', plain)
    await expect(page.getByText('Observed events from plain.csv')).toBeVisible()
    await events(table.rows)
    await fit.begin('Run exact alone')
    await expect(fit.panel('Posterior').getByRole('alert')).toContainText(
      'plain.csv has no truth of the full final state',
    )
    await fit.begin('Run binned alone')
    await expect(fit.stage('Binned')).toContainText(/\d sRun$/, { timeout: 40_000 })
  })

  const damaged = (wanted: (i: number) => boolean) =>
    csv(table, columns, (i, fields) => (wanted(i) ? ['NaN', ...fields.slice(1)] : fields))
  await test.step('one damaged event is left out and told with its line', async () => {
    await drop(
      'one-nan.csv',
      damaged((i) => i === 4),
    )
    await events(table.rows - 1)
    await expect(page.getByText('Observed events from one-nan.csv')).toBeVisible()
    const notes = observed.getByText('Cross-sections after cuts, and notes')
    await notes.click()
    await expect(observed).toContainText(
      `1 of ${table.rows} events is damaged and left out (event 5 (line 6): m_tt is NaN)`,
    )
    await notes.click()
  })

  await test.step('bad files are named with their fault; the good one stays', async () => {
    await drop('plain.csv', plain)
    await events(table.rows)
    const cases: [name: string, bytes: Uint8Array, fault: RegExp][] = [
      [
        'nan.csv',
        damaged((i) => i % 20 === 4),
        /nan\.csv: \d+ of \d+ events are damaged, at most 1 % are left out \(event 5 \(line 6\): m_tt is NaN/,
      ],
      [
        'lacks.csv',
        csv(table, ['m_tt', 'y_tt'], (_, fields) => fields),
        /lacks\.csv: .*lack the column pt_l2/,
      ],
      [
        'negative.csv',
        csv(table, [...columns, 'weight_sm'], (_, fields) => [...fields.slice(0, 3), '-1']),
        /negative\.csv: .*negative/,
      ],
    ]
    for (const [name, bytes, fault] of cases) {
      await drop(name, bytes)
      await expect(alert).toContainText(fault)
      // Where only a name is lacking, the page asks which column it is.
      if (name === 'lacks.csv') {
        await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
        await expect(alert).toBeHidden()
      }
      await expect(page.getByText('Observed events from plain.csv')).toBeVisible()
      await expect(observed.locator('.js-plotly-plot')).toBeVisible()
    }
  })

  await test.step('branches of a ROOT tree are assigned in a dialog', async () => {
    const values = (name: string, factor: number) =>
      Array.from(
        { length: table.rows },
        (_, i) => factor * table.data[i * table.columns + (table.names ?? []).indexOf(name)],
      )
    const branches = [
      { name: 'ttbar_mass', type: 'D' as const, values: values('m_tt', 1000) },
      { name: 'Y_tt', type: 'F' as const, values: values('y_tt', 1) },
      { name: 'lepton', type: 'F' as const, values: values('pt_l2', 1000) },
    ]
    await drop('theirs.root', writeRoot({ trees: [{ name: 'nominal', branches }] }))
    const dialog = page.getByRole('dialog', { name: 'Which column is which?' })
    const field = (name: string) => dialog.getByRole('combobox', { name, exact: true })
    await expect(field('y_tt')).toHaveValue('Y_tt')
    await field('m_tt').selectOption('ttbar_mass (double)')
    await field('pt_l2').selectOption('lepton (float)')
    await field('momenta and masses in').selectOption('MeV')
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectNoAxeFaults(app)
    }
    await dialog.getByRole('button', { name: 'Read the events' }).click()
    await expect(page.getByText('Observed events from theirs.root')).toBeVisible()
    await events(table.rows)
    await expect(dialog).toBeHidden()
  })

  await test.step('too few events for the bins: fewer bins cure it', async () => {
    await drop('few.lhe', new TextEncoder().encode(smallLhe(14)))
    await expect(alert).toContainText(/10 bins are too many for \d observed .*Use \d bins or fewer/)
    const bins = page.getByRole('textbox', { name: 'bins of equal share' })
    await bins.fill('2')
    await bins.press('Enter')
    await fit.begin('Prepare the data')
    await expect(page.getByText('Observed events from few.lhe')).toBeVisible()
    await expect(alert).toBeHidden({ timeout: 40_000 })
    await expect(fit.stage('Data')).toContainText(/\d events/)
    await observed.getByText('Cross-sections after cuts, and notes').click()
    await expect(observed.getByText(/of 14 events of the Les Houches file pass the cuts/)).toBeVisible()
  })

  await test.step('the folder of a plan is read with its networks; a missing one is named', async () => {
    const folder = info.outputPath('plan')
    const cli = (...words: string[]) =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...words])
    const small = [
      'thesis-inspired,joint-parton',
      '--training-points',
      '1000',
      '--epochs',
      '1',
      '--replicas',
      '2',
    ]
    await cli('plan', '--preset', ...small, '--out', folder)
    await cli('run-task', `${folder}/plan.json`, 'all-r1')
    const networks = fit.panel('Ratio networks')
    await networks.getByText('Networks of your own').click()
    const chooser = networks.getByLabel(/, as a folder$/)
    await chooser.setInputFiles(folder)
    await expect(networks.getByRole('status', { name: 'Networks that were not taken' })).toHaveText(
      '1 missing: all-r2',
    )
    await expect(fit.tiles).toHaveCount(4) // those of the set-up that was there
    await cli('run-task', `${folder}/plan.json`, 'all-r2')
    await chooser.setInputFiles(folder)
    await expect(fit.tiles).toHaveText([/all 4 terms · 1.*of your files/, /all 4 terms · 2.*of your files/])
    await networks.getByRole('button', { name: 'Leave them out' }).click()
  })

  await test.step('the same folder packed, as it is brought home from a cluster', async () => {
    const archive = info.outputPath('home.tar.gz')
    await promisify(execFile)('tar', ['-czf', archive, '-C', info.outputPath(), 'plan'])
    await drop('home.tar.gz', await readFile(archive))
    await expect(fit.tiles).toHaveText([/all 4 terms · 1.*of your files/, /all 4 terms · 2.*of your files/])
    await expect(app.toasts.filter({ hasText: 'The plan is open, with its 2 networks.' })).toBeVisible()
  })
})
