// All areas of this language; a new area needs no line here.
const areas = import.meta.glob<Record<string, unknown>>('./*.json', { eager: true, import: 'default' })

export default Object.fromEntries(
  Object.entries(areas).map(([path, texts]) => [path.slice(2, -'.json'.length), texts]),
)
