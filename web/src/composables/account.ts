/** One's own account over REST: password, devices, providers, taking one's leave. */
import { rest } from '@/api/rest'

export const changePassword = (old: string, next: string): Promise<unknown> =>
  rest.POST('/api/v1/users/me/password', { body: { old, new: next } })

/** Closes the account until an administrator opens it again. */
export const deactivate = (password: string): Promise<unknown> =>
  rest.POST('/api/v1/users/me/deactivate', { body: { password } })

export const erase = (password: string): Promise<unknown> =>
  rest.DELETE('/api/v1/users/me', { body: { password } })

/** Everything that is kept of oneself, to be saved as a file. */
export const EXPORT = '/api/v1/users/me/export'

/** The device one is at first, then those seen last. */
export async function devices() {
  const { devices: found } = await rest.GET('/api/v1/users/me/devices')
  return [...found].sort((a, b) => Number(b.current) - Number(a.current) || b.seen - a.seen)
}

export const logOutDevice = (login: string): Promise<unknown> =>
  rest.DELETE('/api/v1/users/me/devices/{login}', { params: { path: { login } } })

export const ties = async () => (await rest.GET('/api/v1/users/me/providers')).ties

/** Where the browser goes to tie the account to a provider. */
export const tieAddress = async (provider: string): Promise<string> => {
  const body = { return_to: '/settings/account' }
  return (await rest.POST('/api/v1/auth/oidc/{provider}/link', { params: { path: { provider } }, body })).url
}

export const untie = (provider: string): Promise<unknown> =>
  rest.DELETE('/api/v1/users/me/providers/{provider}', { params: { path: { provider } } })
