/**
 * Where the server has pictures and files. The browser's cookie says who asks, so they work in `src` and `href`.
 */
const BASE = '/api/v1'

export const fileAddress = (file: string): string => `${BASE}/files/${encodeURIComponent(file)}`
/** To be shown in the page; the server sends only types inline that can do no harm. */
export const inlineAddress = (file: string): string => `${fileAddress(file)}?inline=1`
export const thumbnailAddress = (file: string): string => `${fileAddress(file)}/thumbnail`
/** A picture from elsewhere, through the server: the page itself asks no other site for anything. */
export const outsideImage = (address: string): string =>
  `${BASE}/previews/image?url=${encodeURIComponent(address)}`
