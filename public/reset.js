// The page's own script, without build or imports: it must work where a build went wrong.
const folder = new URL('./', location.href).href

function say(list, text) {
  const line = document.createElement('li')
  line.textContent = text
  document.getElementById(list).append(line)
}

/** Runs a step and says what it did, or why it could not. */
async function step(list, what, act) {
  try {
    say(list, await act())
  } catch (error) {
    say(
      list,
      `${what}: this browser refused (${error.message}). Clear the data of this site in its settings.`,
    )
  }
}

/** Of this copy of the app alone: others may lie on the same host. */
async function unregister() {
  if (!navigator.serviceWorker) return 'This browser runs no service worker here.'
  const all = await navigator.serviceWorker.getRegistrations()
  const own = all.filter(({ scope }) => scope === folder)
  for (const registration of own) await registration.unregister()
  return own.length > 0 ? 'The service worker was unregistered.' : 'No service worker was registered.'
}

async function emptyCaches() {
  if (!self.caches) return 'This browser keeps no files here.'
  let files = 0
  for (const name of await caches.keys())
    // The second form is that of the first version, whose names did not say which copy they belong to.
    if (name.startsWith(`theoryscape ${folder} `) || /^theoryscape-[0-9a-f]{16}$/.test(name)) {
      files += (await (await caches.open(name)).keys()).length
      await caches.delete(name)
    }
  return files > 0 ? `${files} kept files were removed.` : 'No files were kept.'
}

function removeDatabase(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('another tab holds it: close the other tabs of Theoryscape'))
  })
}

async function forgetAll() {
  const names = (await indexedDB.databases())
    .map(({ name }) => name)
    .filter((name) => /^theoryscape(-|$)/.test(name))
  for (const name of names) await removeDatabase(name)
  localStorage.removeItem('theoryscape-keeps') // else the next visit would say that the browser deleted them
  return names.length > 0
    ? `What was saved of trainings, encoders and fits was removed (${names.length} databases).`
    : 'No training, encoder or fit was saved.'
}

async function reset() {
  await step('done', 'The service worker', unregister)
  await step('done', 'The kept files', emptyCaches)
}

document.getElementById('forget').addEventListener('click', () => {
  const question =
    'Remove all trainings, your own encoders and all fits that this browser keeps? There is no way back.'
  if (!confirm(question)) return say('forgotten', 'Nothing was removed.')
  void step('forgotten', 'Trainings and fits', forgetAll)
})
void reset()
