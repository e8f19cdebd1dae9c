/**
 * Saying something: shown at once, kept until it is stored. A message with a file waits for the file first.
 */
import { newCid } from 'teahouse-client'

import type { Carrier, useUploadsStore } from './uploads'
import { requireLink, type Link } from './link'
import type { PendingMessages } from './pending'
import type { Waiting } from './timeline/rows'
import type { Body, Outgoing, Upload } from './types'

interface Parts {
  pending: PendingMessages
  uploads: ReturnType<typeof useUploadsStore>
  /** Whoever writes wants to see it: timelines that are back in the past come to the end. */
  toEnd: (conversation: string) => void
}

/** The body that carries a file. What the server knows better it says itself. */
function bodyOf(upload: Upload, text: string): Body {
  const { kind, name, size, mime, width, height, durationMs, waveform } = upload
  return {
    type: kind,
    ...(upload.file && { file: upload.file }),
    ...(text && { text }),
    name,
    size,
    mime,
    ...(kind === 'image' && width && height && { width, height }),
    ...(durationMs !== undefined && { duration_ms: Math.round(durationMs) }),
    ...(waveform && { waveform }),
  }
}

function said({ text = '', markdown, body }: Outgoing): Body {
  return body ?? { type: markdown ? 'markdown' : 'text', text }
}

export function createSending({ pending, uploads, toEnd }: Parts) {
  /** The cids of the messages. */
  function send(conversation: string, outgoing: Outgoing): string[] {
    toEnd(conversation)
    const attached = outgoing.attachments ?? []
    if (attached.length > 0) return attached.map((id, index) => sendFile(conversation, id, outgoing, index))
    const body = said(outgoing)
    const waiting = begin(conversation, body, outgoing, null)
    hand(waiting, body, outgoing)
    return [waiting.cid]
  }

  function begin(conversation: string, body: Body, outgoing: Outgoing, upload: string | null): Waiting {
    const { replyTo = null, thread = null } = outgoing
    const cid = newCid()
    const at = Date.now()
    const waiting: Waiting = {
      cid,
      conversation,
      body,
      replyTo,
      thread,
      at,
      state: 'waiting',
      error: null,
      upload,
    }
    pending.add(waiting)
    return waiting
  }

  /** Into the outbox: from here on the client sees to it. */
  function hand({ cid, conversation, replyTo, thread }: Waiting, body: Body, outgoing: Outgoing): void {
    const { expiresS, priority } = outgoing
    const plain = body.type === 'text' && !body.action && Object.keys(body).length <= 2
    const { client } = requireLink()
    client
      .send({
        to: conversation,
        cid,
        ...(plain ? { text: body.text ?? '' } : { body: { ...body } }),
        ...(replyTo !== null && { reply_to: replyTo }),
        ...(thread !== null && { thread }),
        ...(expiresS && { expires_s: expiresS }),
        ...(priority && { priority }),
      })
      .done.catch(() => {})
  }

  /** The first file has the words, and what they answer; the others follow. */
  function sendFile(conversation: string, id: string, outgoing: Outgoing, index: number): string {
    const upload = uploads.upload(id)
    const first = index === 0
    const { expiresS } = outgoing
    const about: Outgoing = {
      text: first ? (outgoing.text ?? '') : '',
      replyTo: first ? (outgoing.replyTo ?? null) : null,
      thread: outgoing.thread ?? null,
      ...(expiresS && { expiresS }),
    }
    const body: Body = upload
      ? bodyOf(upload, about.text ?? '')
      : { type: 'file', ...(about.text && { text: about.text }) }
    const waiting = begin(conversation, body, about, id)
    const { cid, replyTo, thread } = waiting
    if (!upload) {
      pending.update(cid, { state: 'failed', error: { code: 'not_found', message: 'the file is gone' } })
      return cid
    }
    uploads.carry(id, { cid, text: about.text ?? '', replyTo, thread, ...(expiresS && { expiresS }) })
    return cid
  }

  function uploaded(upload: Upload, carrier: Carrier): void {
    const body = bodyOf(upload, carrier.text)
    const waiting = { ...(pending.get(carrier.cid) ?? carried(upload, carrier)), body }
    pending.add(waiting)
    // Only what the server keeps of it: with the rest the same cid could not be told from another message.
    const { name: _name, size: _size, mime: _mime, width: _width, height: _height, ...sent } = body
    hand(waiting, sent, { ...(carrier.expiresS && { expiresS: carrier.expiresS }) })
  }

  /** The message that a file was uploaded for, as it is shown. */
  function carried(upload: Upload, { cid, text, replyTo, thread }: Carrier): Waiting {
    const { id, conversation } = upload
    const body = bodyOf(upload, text)
    return {
      cid,
      conversation,
      body,
      replyTo,
      thread,
      at: Date.now(),
      state: 'waiting',
      error: null,
      upload: id,
    }
  }

  function retry(cid: string): void {
    const waiting = pending.get(cid)
    if (!waiting) return
    const { client, tabs } = requireLink()
    const upload = waiting.upload ? uploads.upload(waiting.upload) : null
    pending.update(cid, { state: 'waiting', error: null })
    if (upload && upload.state !== 'done') return uploads.retry(upload.id)
    if (isOurs(cid)) client.retrySend(cid)
    else tabs.tell({ type: 'outbox-retry', cid })
  }

  function discard(cid: string): void {
    const waiting = pending.get(cid)
    if (!waiting) return
    const { client, tabs } = requireLink()
    if (waiting.upload) uploads.cancel(waiting.upload)
    if (isOurs(cid)) client.dropSend(cid)
    else tabs.tell({ type: 'outbox-drop', cid })
    pending.drop(cid)
  }

  const isOurs = (cid: string): boolean =>
    requireLink()
      .client.outgoing()
      .some((record) => record.cid === cid)

  /** Each becomes a message there. Kept in the outbox like any other, but shown when it is stored. */
  async function forward(
    to: string,
    originals: readonly { conversation: string; seq: number }[],
  ): Promise<void> {
    await requireLink().client.send({ to, forward: originals.map((original) => ({ ...original })) }).done
  }

  function follow(link: Link): () => void {
    uploads.follow({
      arrived: uploaded,
      failed: ({ error }, { cid }) => pending.update(cid, { state: 'failed', error }),
    })
    void restore(link)
    return link.tabs.on((message) => {
      if (message.type === 'outbox-retry' && isOurs(message.cid)) link.client.retrySend(message.cid)
      if (message.type === 'outbox-drop' && isOurs(message.cid)) link.client.dropSend(message.cid)
    })
  }

  /** Messages that waited for their files before the page was loaded anew. */
  async function restore(link: Link): Promise<void> {
    for (const row of await uploads.restore(link).catch(() => [])) {
      const upload = uploads.upload(row.id)
      if (!row.message || !upload || pending.get(row.message.cid)) continue
      pending.add({ ...carried(upload, row.message), at: row.created })
      if (upload.state === 'done') uploads.carry(row.id, row.message)
    }
  }

  return { follow, actions: { send, retry, discard, forward } }
}
