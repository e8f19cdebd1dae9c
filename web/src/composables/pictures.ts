/**
 * Pictures of people and conversations: a square cut from what somebody chose, small enough to be sent at once. What is
 * sent was drawn anew, so that nothing else the original said (where it was taken, by what) goes with it.
 */
import { rest } from '@/api/rest'

/** The part of a picture that is kept, in its own pixels. */
export interface Crop {
  x: number
  y: number
  side: number
}

const EDGE = 512
const QUALITY = 0.9

/** `zoom` 1 shows as much as fits; `x` and `y` (-1 to 1) move the square from the middle to the edges. */
export function cropOf(width: number, height: number, zoom: number, x: number, y: number): Crop {
  const side = Math.min(width, height) / Math.max(1, zoom)
  const inside = (room: number, at: number): number => (room / 2) * (1 + Math.max(-1, Math.min(1, at)))
  return { x: inside(width - side, x), y: inside(height - side, y), side }
}

export async function squareOf(image: ImageBitmap, crop: Crop): Promise<Blob> {
  const edge = Math.min(EDGE, Math.max(1, Math.round(crop.side)))
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = edge
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas to draw on')
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, crop.x, crop.y, crop.side, crop.side, 0, 0, edge, edge)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/webp', QUALITY))
  if (!blob) throw new Error('the picture could not be drawn')
  return blob
}

/** The id of the file. */
export async function sendPicture(blob: Blob): Promise<string> {
  const extension = blob.type.replace('image/', '') || 'png'
  const file = await rest.POST('/api/v1/files', {
    params: { query: { name: `picture.${extension}` } },
    body: blob,
  })
  return file.id
}
