/** Logging in and out of a browser. */
import { Refused, type Schemas } from 'teahouse-client'

import { rest, setCsrf } from './rest'

export interface Account {
  user: string
  password: string
  nick?: string | undefined
  invitation?: string | undefined
}

/** A guest of this browser. Without `csrf_token`, the server has no cookies for guests. */
export interface GuestLogin {
  user: { id: string; nick: string }
  csrf_token: string
  expires_in: number
  resume: string
}

type Login = Schemas['WebLogin']

/** A name for the list of devices: which browser this is, as far as it tells. */
export function deviceName(agent = navigator.userAgent): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(agent)?.[1] ?? 'Browser'
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux|CrOS)/.exec(agent)?.[1]
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS', CrOS: 'ChromeOS' }
  const shown = [browser, system].filter((word) => word !== undefined).map((word) => names[word] ?? word)
  return shown.join(', ')
}

function begun<T extends Login | GuestLogin>(login: T): T {
  setCsrf(login.csrf_token)
  return login
}

export async function logIn(user: string, password: string): Promise<Login> {
  return begun(await rest.POST('/api/v1/auth/web/login', { body: { user, password, device: deviceName() } }))
}

export async function register(account: Account): Promise<Login> {
  return begun(await rest.POST('/api/v1/auth/web/register', { body: { ...account, device: deviceName() } }))
}

/** Null where the server knows no cookies for guests: then the WebSocket alone has to do. */
export async function guest(nick: string, resume?: string): Promise<GuestLogin | null> {
  const post = rest.POST as unknown as (path: string, call: object) => Promise<GuestLogin>
  try {
    return begun(await post('/api/v1/auth/web/guest', { body: { nick, ...(resume && { resume }) } }))
  } catch (error) {
    if (error instanceof Refused && (error.status === 404 || error.status === 405)) return null
    throw error
  }
}

/** An access token to say hello with. */
export async function token(): Promise<string> {
  return (await rest.POST('/api/v1/auth/web/token')).access_token
}

/** Ends this browser's login, or all logins of the user. */
export async function logOut(everywhere = false): Promise<void> {
  await rest.POST(everywhere ? '/api/v1/auth/logout-all' : '/api/v1/auth/logout')
  setCsrf(null)
}
