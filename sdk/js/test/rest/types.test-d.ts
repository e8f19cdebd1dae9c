// What the compiler says of calls: paths, parameters, bodies and answers are those of the OpenAPI document. Looked at by
// `npm run types`, run by nobody.
import { createRest, type Schemas } from '../../src/index.js'

const rest = createRest({ baseUrl: '' })

export async function calls(): Promise<unknown[]> {
  const user: Schemas['Profile'] = await rest.GET('/api/v1/users/{user}', { params: { path: { user: 'u' } } })
  const login: Schemas['WebLogin'] = await rest.POST('/api/v1/auth/web/login', {
    body: { user: 'a', password: 'b' },
  })
  const nothing: undefined = await rest.POST('/api/v1/auth/logout')
  const file: Blob = await rest.GET('/api/v1/files/{file}', { params: { path: { file: 'f' } } })
  const picture: Blob | undefined = await rest.GET('/api/v1/files/{file}/thumbnail', {
    params: { path: { file: 'f' } },
  })
  const found = await rest.GET('/api/v1/users', { params: { query: { query: 'a' } } })
  // @ts-expect-error the parameter is missing
  void rest.GET('/api/v1/users/{user}')
  // @ts-expect-error there is no such path
  void rest.GET('/api/v1/nothing')
  // @ts-expect-error there is no such method
  void rest.DELETE('/api/v1/auth/web/login')
  // @ts-expect-error the body is missing
  void rest.POST('/api/v1/auth/web/login')
  // @ts-expect-error a user is a text
  void rest.POST('/api/v1/auth/web/login', { body: { user: 1, password: 'b' } })
  return [user, login, nothing, file, picture, found.users]
}
