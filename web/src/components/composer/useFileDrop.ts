/** Files dragged over an element. Beside it a drop does nothing, where the browser would leave the page for the file. */
import { onMounted, onScopeDispose, ref } from 'vue'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Without folders, which a browser gives as files that cannot be read. */
export function droppedFiles(data: DataTransfer | null): File[] {
  const items = [...(data?.items ?? [])].filter((item) => item.kind === 'file')
  return items
    .filter((item) => !item.webkitGetAsEntry?.()?.isDirectory)
    .map((item) => item.getAsFile())
    .filter((file): file is File => file !== null)
}

export function useFileDrop(target: () => HTMLElement | null | undefined, take: (files: File[]) => void) {
  const over = ref(false)
  /** Each element entered is left again; only at none the files are really gone. */
  let depth = 0

  function enter(event: DragEvent): void {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth += 1
    over.value = true
  }
  function leave(event: DragEvent): void {
    if (!hasFiles(event)) return
    depth = Math.max(0, depth - 1)
    over.value = depth > 0
  }
  function move(event: DragEvent): void {
    if (!hasFiles(event)) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
  }
  function drop(event: DragEvent): void {
    depth = 0
    over.value = false
    if (!hasFiles(event)) return
    event.preventDefault()
    const files = droppedFiles(event.dataTransfer)
    if (files.length > 0) take(files)
  }
  function beside(event: DragEvent): void {
    if (!hasFiles(event) || event.defaultPrevented) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'none'
  }

  const stop = new AbortController()
  onMounted(() => {
    const { signal } = stop
    const element = target()
    element?.addEventListener('dragenter', enter, { signal })
    element?.addEventListener('dragleave', leave, { signal })
    element?.addEventListener('dragover', move, { signal })
    element?.addEventListener('drop', drop, { signal })
    window.addEventListener('dragover', beside, { signal })
    window.addEventListener('drop', beside, { signal })
  })
  onScopeDispose(() => stop.abort())
  return { over }
}
