// Eight networks by one machine, by Snakemake and by a Slurm array with one job killed: equal to the byte. Services of its own, on ports of
// its own, ended by their numbers; installs only with CI=true, on Debian as root. Exit code 77: skipped, and said why.
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { installQuietly } from './quiet-install.mjs'
import { root, run } from './steps.mjs'

const skipped = 77
const packages = ['snakemake', 'slurm-wlm', 'munge']
const programs = [
  '/usr/bin/snakemake',
  '/usr/sbin/slurmctld',
  '/usr/sbin/slurmd',
  '/usr/sbin/munged',
  '/usr/bin/sbatch',
]
const setup = '--preset thesis-inspired,parton --training-points 20000 --epochs 2 --replicas 2'

/** Names of all processes, as Linux has them. */
const running = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/comm`, 'utf8').trim()]
      } catch {
        return []
      }
    })

function reasonToSkip() {
  if (process.env.CI !== 'true') return 'CI is not "true": a person\'s tests install and start nothing.'
  if (!existsSync('/etc/debian_version') || process.getuid() !== 0) return 'this is not Debian as root.'
  const service = running().find((name) => ['slurmctld', 'slurmd', 'munged'].includes(name))
  return service ? `${service} runs here already, and is left alone.` : undefined
}

const folder = mkdtempSync(join(tmpdir(), 'cluster-'))
const at = (...names) => join(folder, ...names)
const started = []

/** A service in the foreground, so that its number is known. */
function serve(program, args, env = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } })
  child.stderr.on('data', (text) => (child.said = ((child.said ?? '') + text).slice(-4000)))
  started.push({ program, child })
}

async function endServices() {
  for (const { child } of started.reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = new Promise((done) => child.on('exit', done))
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 5000)
    await ended
    clearTimeout(late)
  }
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

/** What is printed. @throws Error where it fails */
function said(program, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout.trim()
}

/** Looks until something is there. @throws Error after so many seconds, with what the services said */
async function until(what, look, seconds = 60) {
  const end = performance.now() + 1000 * seconds
  for (;;) {
    const found = await look()
    if (found) return found
    if (performance.now() > end) {
      const words = started.map(({ program, child }) => `${program}: ${child.said ?? ''}`).join('\n')
      throw new Error(`${what}: not within ${seconds} s\n${words}`)
    }
    await new Promise((done) => setTimeout(done, 50))
  }
}

/** One node of this machine, all of it in a private folder. @returns what commands need to find it */
async function startSlurm() {
  const [controller, daemon] = [await freePort(), await freePort()]
  const name = hostname().split('.')[0]
  for (const part of ['munge', 'state', 'spool']) mkdirSync(at(part), { mode: 0o755 })
  chmodSync(folder, 0o755)
  writeFileSync(at('munge', 'key'), randomBytes(1024), { mode: 0o400 })
  const socket = at('munge', 'socket')
  const files = ['key-file=key', 'log-file=log', 'pid-file=pid', 'seed-file=seed', 'socket=socket']
  const munge = files
    .map((pair) => pair.split('='))
    .map(([option, file]) => `--${option}=${at('munge', file)}`)
  serve('/usr/sbin/munged', ['--foreground', '--force', ...munge])
  await until('munged', () => existsSync(socket))
  writeFileSync(
    at('slurm.conf'),
    [
      'ClusterName=test',
      `SlurmctldHost=${name}(127.0.0.1)`,
      ...['SlurmUser=root', 'SlurmdUser=root'],
      ...[`SlurmctldPort=${controller}`, `SlurmdPort=${daemon}`],
      ...['AuthType=auth/munge', `AuthInfo=socket=${socket}`, 'CredType=cred/munge'],
      ...['ProctrackType=proctrack/pgid', 'TaskPlugin=task/none'],
      ...['JobAcctGatherType=jobacct_gather/none', 'AccountingStorageType=accounting_storage/none'],
      ...['SelectType=select/cons_tres', 'SelectTypeParameters=CR_Core'],
      ...[`StateSaveLocation=${at('state')}`, `SlurmdSpoolDir=${at('spool')}`],
      ...[`SlurmctldPidFile=${at('ctld.pid')}`, `SlurmdPidFile=${at('slurmd.pid')}`],
      ...[`SlurmctldLogFile=${at('ctld.log')}`, `SlurmdLogFile=${at('slurmd.log')}`],
      ...['ReturnToService=2', 'SchedulerParameters=sched_interval=1,batch_sched_delay=0'],
      `NodeName=${name} NodeAddr=127.0.0.1 CPUs=2 RealMemory=4000 State=UNKNOWN`,
      `PartitionName=all Nodes=${name} Default=YES MaxTime=10 State=UP`,
      '',
    ].join('\n'),
  )
  const env = { SLURM_CONF: at('slurm.conf'), USER: 'root' }
  serve('/usr/sbin/slurmctld', ['-D', '-f', at('slurm.conf')], env)
  serve('/usr/sbin/slurmd', ['-D', '-f', at('slurm.conf'), '-N', name], env)
  await until('the node', () =>
    spawnSync('sinfo', ['-h', '-o', '%t'], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    }).stdout?.includes('idle'),
  )
  return env
}

const program = `${process.execPath} ${at('build', 'cli', 'theoryscape.mjs')}`
const makePlan = (name) => said('bash', ['-c', `${program} plan ${setup} --out ${at(name)} 2>&1`])
const tasks = () => readFileSync(at('alone', 'tasks.txt'), 'utf8').trim().split('\n')

async function alone() {
  makePlan('alone')
  const waiting = tasks()
  const worker = async () => {
    for (let id = waiting.shift(); id; id = waiting.shift()) {
      const words = [at('build', 'cli', 'theoryscape.mjs'), 'run-task', at('alone', 'plan.json'), id]
      if ((await run(process.execPath, words, { stdio: 'ignore' })) !== 0) throw new Error(`${id} failed`)
    }
  }
  await Promise.all([worker(), worker()])
}

async function bySnakemake() {
  makePlan('snake')
  const words = [
    '-s',
    at('snake', 'Snakefile'),
    '--cores',
    '2',
    '--config',
    `theoryscape=${program}`,
    '--',
    'networks',
  ]
  const { status, stderr } = spawnSync('snakemake', words, {
    encoding: 'utf8',
    env: { ...process.env, HOME: folder },
  })
  if (status !== 0) throw new Error(`snakemake ended with ${status}: ${stderr.slice(-3000)}`)
}

/** The number of the process that does a task in a folder. */
function processIn(place, task) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        return (
          words.includes('run-task') && words.includes(task) && readlinkSync(`/proc/${pid}/cwd`) === place
        )
      } catch {
        return false
      }
    })
}

async function byArray() {
  const env = { ...(await startSlurm()), THEORYSCAPE: program }
  makePlan('array')
  const submit = () =>
    said('bash', ['-c', `cd ${at('array')} && sbatch --parsable --export=ALL slurm.sh`], env)
  const queue = (job) =>
    said('squeue', ['-h', '-r', '-j', job, '-o', '%i %t'], env).split('\n').filter(Boolean)
  const ended = (job) => until(`array ${job}`, () => queue(job).length === 0, 200)
  const first = submit()
  const [victim] = tasks()
  await until('a checkpoint of the first task', () => existsSync(at('array', `${victim}.checkpoint`)))
  const pid = await until('the first task', () => processIn(at('array'), victim))
  process.kill(pid, 'SIGKILL')
  await ended(first)
  if (existsSync(at('array', victim, 'card.json'))) throw new Error(`${victim} was not killed in time`)
  if (!existsSync(at('array', `${victim}.checkpoint`))) throw new Error(`${victim} left no checkpoint`)
  await ended(submit())
}

function compare() {
  for (const id of tasks())
    for (const name of ['card.json', 'model.json', 'weights.bin']) {
      const own = readFileSync(at('alone', id, name))
      for (const road of ['snake', 'array'])
        if (!own.equals(readFileSync(at(road, id, name))))
          throw new Error(`${road}/${id}/${name} differs from that of one machine`)
    }
}

async function timed(title, act) {
  const from = performance.now()
  await act()
  console.log(`${title}: ${((performance.now() - from) / 1000).toFixed(1)} s`)
}

async function main() {
  const reason = reasonToSkip()
  if (reason) {
    console.log(`Skipped: ${reason}`)
    return skipped
  }
  const there = () => programs.every((file) => existsSync(file))
  let why = null
  if (!there())
    await timed('installing Snakemake and Slurm', async () => (why = await installQuietly(packages)))
  if (!there()) {
    console.log(
      `Skipped: Snakemake, Slurm and MUNGE are not here: ${why ?? 'apt-get installed other packages'}.`,
    )
    return skipped
  }
  await timed('the command line in one folder', async () => {
    const words = ['tsx', 'vite/build-cli.ts', at('build', 'cli')]
    if ((await run('npx', words, { cwd: root })) !== 0) throw new Error('the command line was not built')
  })
  await timed('8 networks by one machine', alone)
  await timed('by Snakemake', bySnakemake)
  await timed('by a Slurm array, one job killed and run again', byArray)
  compare()
  console.log('24 networks, equal to the byte')
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await endServices()
  rmSync(folder, { recursive: true, force: true })
}
