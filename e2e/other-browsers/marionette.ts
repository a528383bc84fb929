import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dragActions, type DrivenBrowser } from './driven-browser.ts'

/**
 * A headless Firefox, driven by Marionette (firefox-source-docs.mozilla.org/testing/marionette/Protocol.html): over TCP, each message is its length in
 * bytes, a colon and JSON: [0, id, command, parameters] there, [1, id, error, result] back.
 */
export async function startFirefox(executable: string): Promise<DrivenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'theoryscape-firefox-'))
  // Port 0: a free one, which Firefox writes into its profile.
  writeFileSync(join(profile, 'user.js'), 'user_pref("marionette.port", 0);\n')
  const size = ['--width', '1440', '--height', '900']
  const args = ['--headless', '--marionette', '--no-remote', '--profile', profile, ...size]
  const browser = spawn(executable, args, { stdio: 'ignore' })
  const ended = new Promise<void>((done) => browser.once('exit', () => done()))
  const stop = async (): Promise<void> => {
    browser.kill()
    await ended
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const socket = await connected(await portOf(profile, browser.exitCode))
    const send = speak(socket)
    // Checks wait for what they need themselves; the load event is not among it.
    await send('WebDriver:NewSession', { capabilities: { alwaysMatch: { pageLoadStrategy: 'eager' } } })
    await send('WebDriver:SetTimeouts', { script: 60_000, pageLoad: 20_000 })
    return {
      // Firefox now and then does not come to the end of a navigation; the same once more does.
      open: async (url) =>
        void (await send('WebDriver:Navigate', { url }).catch((thrown: unknown) => {
          if (!String(thrown).includes('Navigation timed out')) throw thrown
          return send('WebDriver:Navigate', { url })
        })),
      evaluate: async <T>(body: string, ...args: unknown[]) => {
        const { value } = await send('WebDriver:ExecuteScript', { script: body, args })
        return value as T
      },
      drag: async (from, to) => void (await send('WebDriver:PerformActions', dragActions(from, to))),
      async close() {
        socket.destroy()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Polls: the file is written when Firefox listens. */
async function portOf(profile: string, exitCode: number | null): Promise<number> {
  for (const end = Date.now() + 60_000; Date.now() < end && exitCode === null;) {
    try {
      const port = Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8'))
      if (port > 0) return port
    } catch {
      // not yet
    }
    await new Promise((done) => setTimeout(done, 200))
  }
  throw new Error('Firefox did not begin to listen within 60 s.')
}

function connected(port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => done(socket))
    socket.once('error', fail)
  })
}

type Send = (command: string, parameters: object) => Promise<{ value?: unknown }>

function speak(socket: Socket): Send {
  const waiting = new Map<
    number,
    { done: (result: { value?: unknown }) => void; fail: (error: Error) => void }
  >()
  let received = Buffer.alloc(0)
  let last = 0
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const colon = received.indexOf(':')
      const length = colon < 0 ? NaN : Number(received.toString('latin1', 0, colon))
      if (!(received.length >= colon + 1 + length)) return
      const message: unknown = JSON.parse(received.toString('utf8', colon + 1, colon + 1 + length))
      received = received.subarray(colon + 1 + length)
      if (!Array.isArray(message)) continue // the greeting
      const [, id, error, result] = message as [1, number, { message: string } | null, { value?: unknown }]
      if (error) waiting.get(id)?.fail(new Error(`Firefox: ${error.message}`))
      else waiting.get(id)?.done(result ?? {})
      waiting.delete(id)
    }
  })
  socket.on('close', () => {
    for (const { fail } of waiting.values()) fail(new Error('Firefox ended.'))
  })
  return (command, parameters) =>
    new Promise((done, fail) => {
      waiting.set(++last, { done, fail })
      const bytes = Buffer.from(JSON.stringify([0, last, command, parameters]))
      socket.write(Buffer.concat([Buffer.from(`${bytes.length}:`), bytes]))
    })
}
