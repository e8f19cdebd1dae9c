/** Accounts, for administrators. */
import type { Schemas } from 'teahouse-client'

import { rest } from '@/api/rest'

export type AccountRow = Schemas['AccountRow']

const of = (user: string) => ({ params: { path: { user } } })

export async function accountPage(query: string, disabled: boolean, cursor: string | null) {
  const page = await rest.GET('/api/v1/admin/users', {
    params: { query: { query, disabled, ...(cursor && { cursor }) } },
  })
  return { rows: page.users, next: page.cursor }
}

export const changeRights = (
  user: string,
  rights: { disabled?: boolean; admin?: boolean },
): Promise<AccountRow> => rest.PATCH('/api/v1/admin/users/{user}', { ...of(user), body: rights })

export const logOutAccount = (user: string): Promise<unknown> =>
  rest.POST('/api/v1/admin/users/{user}/logout', of(user))

/** The address at which a new password can be chosen, once. */
export async function passwordLink(user: string): Promise<{ address: string; expires: number }> {
  const { token, expires } = await rest.POST('/api/v1/admin/users/{user}/password-link', of(user))
  return { address: `${window.location.origin}/reset#${encodeURIComponent(token)}`, expires }
}
