import { defaultIntent } from '../src/share/default-intent.ts'
import { encodeLink } from '../src/share/encode-link.ts'
import { expect, test } from './fixtures.ts'

/** A small training on an engine that every browser has; two evaluations, so two pictures of the map. */
const small = encodeLink({
  ...defaultIntent,
  view: 'train',
  model: 'pca-2',
  training: {
    ...defaultIntent.training,
    widths: [16, 8, 8],
    universesPerBatch: 8,
    replicasPerUniverse: 4,
    steps: 100,
    backend: 'cpu',
  },
})

test('trains: step, play, pause, stop, resume after a reload, finish, scrub, use on the map', async ({
  app,
  page,
}) => {
  const controls = page.getByRole('group', { name: 'Training', exact: true })
  const button = (name: string) => controls.getByRole('button', { name, exact: true })
  const status = controls.getByRole('status')
  await app.open(await small)
  await expect(button('Play')).toBeEnabled({ timeout: 40_000 })

  await test.step('step by step', async () => {
    await button('Step').click()
    await expect(status).toHaveText(/^Paused at step 1\b/)
    await button('Step').click()
    await expect(status).toHaveText(/^Paused at step 2\b/)
  })
  await test.step('settings of a training are fixed while it runs', async () => {
    await expect(page.getByRole('textbox', { name: 'seed' })).toBeDisabled()
  })
  await test.step('play until the first picture, pause, stop', async () => {
    await button('Play').click()
    const scrub = page.getByRole('slider', { name: 'Back to step' })
    await expect(scrub).toBeVisible()
    await button('Pause').click()
    await expect(status).toHaveText(/^Paused at step \d+/)
    await button('Stop').click()
    await expect(page.getByText(/Training of this set-up stopped at step \d+ of 100/)).toBeVisible()
  })
  await test.step('a reload offers to go on', async () => {
    await page.reload()
    await expect(page.getByText(/Training of this set-up stopped at step \d+ of 100/)).toBeVisible()
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect(status).toHaveText(/^Finished 100 steps\. Kept: step \d+, held-out loss [\d.]+/, {
      timeout: 60_000,
    })
  })
  await test.step('scrub back and use the encoder', async () => {
    const scrub = page.getByRole('slider', { name: 'Back to step' })
    await scrub.focus()
    await page.keyboard.press('Home')
    await expect(scrub).toHaveAttribute('aria-valuetext', /^step \d+, held-out loss/)
    await page.getByRole('button', { name: 'Follow newest' }).click()
    await page.getByRole('button', { name: /^Use step \d+ on the map$/ }).click()
    await expect(app.explore).toHaveAttribute('data-model', /^trained-seed1-step\d+-[0-9a-f]{6}$/)
    await app.ready()
    expect(await app.points()).toBe(22_000)
    expect(await app.mapColours()).toBeGreaterThan(20)
  })
})
