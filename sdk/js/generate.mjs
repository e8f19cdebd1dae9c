// Writes src/wire/protocol.ts from docs/reference/protocol.schema.json, and src/rest/schema.ts from
// docs/reference/openapi.json: `npm run generate --workspace sdk/js`. With --check it writes nothing and fails when a
// file is not what it would write.
//
// Rule: all that is known about the wire follows from the two documents, which follow from the server's own structs.
// Written here is only what a schema cannot say: how things are called in TypeScript.
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { compile } from 'json-schema-to-typescript'
import openapiTS, { astToString } from 'openapi-typescript'
import { format, resolveConfig } from 'prettier'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const PROTOCOL = here('../../docs/reference/protocol.schema.json')
const OPENAPI = here('../../docs/reference/openapi.json')
const banner = (from) => `// Generated from docs/reference/${from} by generate.mjs: do not edit.`

/** Words that mean another thing on this side: `Pending` is a message that waits, `Error` and `Block` are taken. */
const RENAMED = {
    'frame.Error': 'Problem',
    'result.Pending': 'JoinPending',
    'result.Block': 'Blocked',
    'result.Preview': 'LinkPreview',
}

const BODY = `
/** What a message says. \`type\` tells which fields there are: see KnownBody. Programs may agree on others. */
export interface Body {
  type: string
  text?: string | null
  [field: string]: unknown
}
`

/** Each definition's name in TypeScript. Definitions that are the same on two sides have one name. */
function namesOf(definitions) {
    const names = {}
    const taken = new Map()
    for (const [key, definition] of Object.entries(definitions)) {
        const wanted = RENAMED[key] ?? nameOf(key, definition)
        const text = JSON.stringify(definition)
        const name = (taken.get(wanted) ?? text) === text ? wanted : `${wanted}Result`
        taken.set(name, text)
        names[key] = name
    }
    return names
}

function nameOf(key, definition) {
    const [side, name = side] = key.split('.')
    if (side === 'command' && definition.properties?.op) return `${name}Command`
    if (side === 'event' && isEntry(definition)) return name.replace(/Event$/, 'Entry')
    if (side === 'event' && definition.properties?.ev) return `${name}Event`
    if (side === 'body' && definition.properties?.type) return `${name}Body`
    return name
}

const isEntry = (definition) => Boolean(definition.properties?.ev && definition.required?.includes('seq'))

/** The schema with our names, its free-form bodies called Body, and the entries in pages called Entry. */
function renamed(value, names) {
    if (Array.isArray(value)) return value.map((item) => renamed(item, names))
    if (value === null || typeof value !== 'object') return value
    if (typeof value.$ref === 'string') {
        const name = names[value.$ref.slice('#/$defs/'.length)]
        return name === 'Event' ? { tsType: 'Entry' } : { tsType: name }
    }
    const changed = Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, renamed(item, names)]),
    )
    // Docstrings of Python, with its indentation.
    if (typeof value.description === 'string') changed.description = value.description.replace(/\n +/g, '\n')
    if (value.properties?.body) changed.properties.body = body(changed.properties.body)
    return changed
}

function body(property) {
    const type = property.anyOf ? 'Body | null' : 'Body'
    return { ...(property.description && { description: property.description }), tsType: type }
}

async function interfaceOf(name, definition) {
    const { title: _title, ...schema } = definition
    const text = await compile(schema, name, {
        additionalProperties: false,
        bannerComment: '',
        format: false,
        ignoreMinAndMaxItems: true,
    })
    return text.trim()
}

const union = (name, about, members) =>
    `/** ${about} */\nexport type ${name} =\n  | ${members.join('\n  | ')}\n`

/** Op by op: the command with its fields, and what its answer's \`ok\` may be. */
function tables(schema, names) {
    const commands = []
    const results = []
    for (const [key, definition] of Object.entries(schema.$defs)) {
        const op = key.startsWith('command.') && definition.properties?.op?.enum[0]
        if (!op) continue
        const answers = schema['x-results'][op].map((ref) => names[ref.$ref.slice('#/$defs/'.length)])
        commands.push(`  ${op}: ${names[key]}`)
        results.push(`  ${op}: ${answers.join(' | ') || 'undefined'}`)
    }
    return `/** The command of each op. */
export interface CommandByOp {
${commands.join('\n')}
}

/** What each op is answered with; undefined: it is not answered. */
export interface Results {
${results.join('\n')}
}
`
}

async function protocol() {
    const schema = JSON.parse(await readFile(PROTOCOL, 'utf8'))
    const names = namesOf(schema.$defs)
    const written = new Map()
    const entries = []
    const events = []
    const bodies = []
    for (const [key, definition] of Object.entries(schema.$defs)) {
        const name = names[key]
        if (written.has(name) || !definition.title) continue
        written.set(name, await interfaceOf(name, renamed(definition, names)))
        if (isEntry(definition)) entries.push(name)
        else if (definition.properties?.ev) events.push(name)
        if (name.endsWith('Body')) bodies.push(name)
    }
    return [
        banner('protocol.schema.json'),
        BODY,
        ...written.values(),
        union('KnownBody', 'The bodies that every server and client knows.', bodies),
        union('Entry', 'What a log entry says: it has a `seq`, and is told in order, once.', entries),
        union('TransientEvent', 'Events without a seq: told once to whoever is live.', events),
        'export type ServerEvent = Entry | TransientEvent\n',
        tables(schema, names),
    ].join('\n\n')
}

async function rest() {
    const document = await openapiTS(pathToFileURL(OPENAPI), { defaultNonNullable: false })
    return `${banner('openapi.json')}\n\n${astToString(document)}`
}

async function main() {
    const config = await resolveConfig(here('src/index.ts'))
    const check = process.argv.includes('--check')
    for (const [path, make] of [
        ['src/wire/protocol.ts', protocol],
        ['src/rest/schema.ts', rest],
    ]) {
        const text = await format(await make(), { ...config, parser: 'typescript' })
        if (!check) await writeFile(here(path), text)
        else if ((await readFile(here(path), 'utf8').catch(() => '')) !== text) {
            process.stderr.write(`sdk/js/${path} is not current: npm run generate --workspace sdk/js\n`)
            process.exitCode = 1
        }
    }
}

await main()
