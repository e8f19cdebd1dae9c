// What somebody asks of a row. Rows and menus say it; `messageActions` does it.
export type RowRequest =
  | { do: 'reply' }
  | { do: 'react'; emoji: string; on: boolean }
  /** Choose an emoji beside `anchor`. */
  | { do: 'pick'; anchor: HTMLElement }
  | { do: 'menu'; anchor: HTMLElement }
  | { do: 'readers'; anchor: HTMLElement }
  | { do: 'retry' }
  | { do: 'discard' }
