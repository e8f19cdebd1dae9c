// REST against a real server: an account, its token, a file there and back, and refusals as they come.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createRest, TeahouseClient, type Rest } from '../../src/index.js'
import { WebSocket } from 'ws'
import { missing, Server } from '../support/server.js'
import { until } from '../support/told.js'

describe.skipIf(missing)('with a real server', () => {
  let server: Server
  let rest: Rest
  let token = ''

  beforeAll(async () => {
    server = await Server.start()
    rest = createRest({
      baseUrl: server.http,
      headers: (): Record<string, string> => (token ? { Authorization: `Bearer ${token}` } : {}),
    })
    const tokens = await rest.POST('/api/v1/auth/register', {
      body: { user: 'ann', password: 'a long password' },
    })
    token = tokens.access_token
  })
  afterAll(() => server?.stop())

  it('says who one is, by REST and by WebSocket', async () => {
    const me = await rest.GET('/api/v1/users/me')
    const credentials = () => Promise.resolve({ token })
    const client = new TeahouseClient({ url: server.url, credentials, WebSocket })
    client.start()
    await until(() => client.state === 'online')
    expect([me.nick, client.me?.id]).toEqual(['ann', me.id])
    client.stop()
  })

  it('takes a file and gives it back', async () => {
    const body = new Blob(['green tea'])
    const file = await rest.POST('/api/v1/files', { params: { query: { name: '茶.txt' } }, body })
    const bytes = await rest.GET('/api/v1/files/{file}', { params: { path: { file: file.id } } })
    expect([file.name, await bytes.text()]).toEqual(['茶.txt', 'green tea'])
    await rest.DELETE('/api/v1/files/{file}', { params: { path: { file: file.id } } })
    await expect(
      rest.GET('/api/v1/files/{file}', { params: { path: { file: file.id } } }),
    ).rejects.toMatchObject({ name: 'Refused', code: 'not_found', status: 404, retry: false })
  })

  it('refuses a wrong password', async () => {
    const body = { user: 'ann', password: 'a wrong password' }
    await expect(rest.POST('/api/v1/auth/login', { body })).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})
