// What npm would publish, taken as its users take it: unpacked, in plain Node.js, with the example of the README.
import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { missing, Server } from '../support/server.js'
import { Told, until } from '../support/told.js'

const run = promisify(execFile)
const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const WS = dirname(createRequire(import.meta.url).resolve('ws/package.json'))

/** The first code of the README that begins with this line. */
async function example(first: string): Promise<string> {
  const readme = await readFile(join(PACKAGE, 'README.md'), 'utf8')
  const found = readme.split('```').find((part) => part.startsWith(`js\n${first}`))
  return found?.slice('js\n'.length) ?? ''
}

describe.skipIf(missing)('the package', { timeout: 120_000 }, () => {
  let place = ''
  let files: string[] = []

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'teahouse-pack-'))
    await run('npm', ['run', '--silent', 'build'], { cwd: PACKAGE })
    await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', place], { cwd: PACKAGE })
    const modules = join(place, 'node_modules')
    await mkdir(join(modules, 'teahouse-client'), { recursive: true })
    const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as {
      version: string
    }
    const archive = join(place, `teahouse-client-${version}.tgz`)
    await run('tar', ['-xzf', archive, '-C', join(modules, 'teahouse-client'), '--strip-components=1'])
    await symlink(WS, join(modules, 'ws'))
    const { stdout } = await run('tar', ['-tzf', archive])
    files = stdout.trim().split('\n')
  }, 120_000)
  afterAll(() => rm(place, { recursive: true, force: true }))

  it('has the code, its types, a licence and what it is for, and nothing else', () => {
    const others = files.filter((file) => !/^package\/dist\/(\w+\/)?\w+\.(js|d\.ts)$/.test(file))
    expect(others.sort()).toEqual(['package/LICENSE', 'package/README.md', 'package/package.json'])
    expect(files).toEqual(expect.arrayContaining(['package/dist/index.js', 'package/dist/index.d.ts']))
  })

  it('is small', async () => {
    const { stdout } = await run('du', [
      '-sb',
      '--exclude=*.d.ts',
      join(place, 'node_modules/teahouse-client/dist'),
    ])
    expect(Number(stdout.split('\t')[0])).toBeLessThan(100_000)
  })

  it('is understood by the compiler as strict users have it', async () => {
    const code = `import { TeahouseClient, type Entry } from 'teahouse-client'
      export const text = (entry: Entry): string => (entry.ev === 'message' ? (entry.body?.text ?? '') : '')
      export const client = new TeahouseClient({ url: '/ws', credentials: async () => ({ nick: 'x' }) })`
    await writeFile(join(place, 'user.mts'), code)
    const tsc = join(PACKAGE, '../../node_modules/.bin/tsc')
    const flags = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--module',
      'nodenext',
      '--target',
      'es2022',
    ]
    const { stdout } = await run(tsc, [...flags, '--lib', 'es2023,dom', 'user.mts'], { cwd: place }).catch(
      (error: { stdout: string }) => error,
    )
    expect(stdout).toBe('')
  })

  it('plays the example of the README', async () => {
    await writeFile(join(place, 'tea.mjs'), await example('// tea.mjs'))
    const server = await Server.start()
    onTestFinished(() => server.stop())
    const bot = spawn(process.execPath, ['tea.mjs'], {
      cwd: place,
      env: { ...process.env, TEAHOUSE_URL: server.url },
    })
    onTestFinished(() => void bot.kill('SIGKILL'))
    let said = ''
    for (const stream of [bot.stdout, bot.stderr])
      stream.on('data', (some: Buffer) => (said += some.toString()))
    const alice = await new Told('alice', server.url).online()
    await until(
      () => said.includes('online'),
      () => said,
    )
    await alice.client.send({ to: 'lobby', text: '!tea' }).done
    await until(() => alice.texts('lobby').includes('Green or black?'))
    const ended = new Promise((resolve) => bot.once('exit', resolve))
    bot.kill('SIGTERM')
    expect(await ended).toBe(0)
    alice.client.stop()
  })
})
