/**
 * Addresses of the pictures of people and conversations. The server lets a browser keep one for some minutes under the
 * same address; the file id in the fragment makes the page show another one as soon as it knows of it.
 */

const of = (kind: 'users' | 'conversations', id: string): string =>
  `/api/v1/${kind}/${encodeURIComponent(id)}/avatar`

export function userPicture(id: string, file: string): string | null {
  return file ? `${of('users', id)}#${file}` : null
}

export function conversationPicture(id: string, file: string): string | null {
  return file ? `${of('conversations', id)}#${file}` : null
}

/** Whoever changes a picture sees the new one: what the browser keeps of the former one is replaced. */
export async function renewPicture(kind: 'users' | 'conversations', id: string): Promise<void> {
  await fetch(of(kind, id), { cache: 'reload' }).catch(() => {})
}
