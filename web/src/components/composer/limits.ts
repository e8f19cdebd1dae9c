/** How much a message may hold. The server counts bytes of UTF-8, so that is what is counted here. */

/** `engine.text_bytes` as it is unless somebody sets it otherwise; the server has the last word. */
export const TEXT_BYTES = 16_384
/** From here on the field tells how much is left. */
export const TELL_FROM = TEXT_BYTES - 1024

const encoder = new TextEncoder()

export function bytesOf(text: string): number {
  return encoder.encode(text).length
}
