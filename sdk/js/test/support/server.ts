// A real server process: started on free ports, killed or stopped, started again on the same port and data.
//
// Rule: found by TEAHOUSE_BIN, else in the .venv of this tree. Where there is none, tests that need it are skipped and
// say so; `make test` always has one.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BIN =
  process.env.TEAHOUSE_BIN ?? fileURLToPath(new URL('../../../../.venv/bin/teahouse', import.meta.url))

/** Why there is no server; null: there is one. */
export const missing = existsSync(BIN) ? null : `no server at ${BIN}: set TEAHOUSE_BIN, or run \`make setup\``
if (missing) process.stderr.write(`skipped: ${missing}\n`)

interface Ready {
  http: string
}

export class Server {
  private process: ChildProcess | null = null
  private port = 0

  private constructor(
    private readonly data: string,
    private readonly settings: Record<string, string>,
  ) {}

  /** `settings` are environment variables, such as TEAHOUSE_ENGINE_CATCH_UP. */
  static async start(settings: Record<string, string> = {}): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), 'teahouse-sdk-')), settings)
    await server.start()
    return server
  }

  get http(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`
  }

  async start(): Promise<void> {
    const flags = [
      '--data',
      this.data,
      '--http-port',
      String(this.port),
      '--tcp-port',
      '0',
      '--xmpp-port',
      '0',
      '--limits',
      'off',
    ]
    const child = spawn(BIN, ['serve', ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.settings },
    })
    this.process = child
    let log = ''
    child.stderr.on('data', (some: Buffer) => (log += some.toString()))
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (some: Buffer) => resolve(some.toString()))
      child.once('exit', () => reject(new Error(`the server did not start: ${log}`)))
    })
    this.port = Number(new URL((JSON.parse(line) as Ready).http).port)
  }

  /** End it at once, as a power cut does. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }

  async stop(): Promise<void> {
    await this.kill('SIGTERM')
    await rm(this.data, { recursive: true, force: true })
  }
}
