// The field one writes in, wherever the composer has it.
export const fieldIn = (foot: HTMLElement | null): HTMLElement | null =>
  foot?.querySelector<HTMLElement>('textarea, [contenteditable="true"]') ?? null
