import { importsOf, type Import, type SourceText } from './source-text'

/** What a layer of app/ may import besides itself. */
interface Layer {
  name: string
  mayImport: ReadonlySet<string>
}

export type Law = ReadonlyMap<string, Layer>

const ANY_BELOW = 'any below'

/**
 * Reads the law from the table under the heading "The law" of docs/architecture.md. Each row is one step of the house, top
 * first: its layers, and what they may import: `any below`, a list of layers, or `nothing`. Layers of one step are siblings.
 *
 * @throws Error when the document has no such table, or when it names a layer that it does not describe
 */
export function readLaw(document: string): Law {
  const section = document.split(/^## The law$/m)[1]?.split(/^## /m)[0] ?? ''
  const rows = [...section.matchAll(/^\| (`.+?) \|.*\| (.+?) +\|$/gm)].map(([, names, allowed]) => ({
    names: quoted(names ?? ''),
    allowed: allowed ?? '',
  }))
  if (rows.length === 0) throw new Error('docs/architecture.md has no table under "## The law".')

  const law = new Map<string, Layer>()
  rows.forEach(({ names, allowed }, step) => {
    const below = rows.slice(step + 1).flatMap((row) => row.names)
    const listed = allowed.startsWith(ANY_BELOW) ? below : quoted(allowed)
    const misplaced = listed.find((name) => !below.includes(name))
    if (misplaced)
      throw new Error(`docs/architecture.md lets ${names.join()} import ${misplaced}, not below it.`)
    for (const name of names) law.set(name, { name, mayImport: new Set(listed) })
  })
  return law
}

/** The layer of a file of app/: its folder, or the module that stands alone; null when it belongs to none. */
function layerOf(path: string, law: Law): string | null {
  const [root, first = '', ...rest] = path.split('/')
  if (root !== 'app') return null
  if (rest.length > 0) return law.has(first) ? first : null

  const module = first.replace(/(\.server)?(\.tsx?)?$/, '')
  return law.has(module) ? module : (ALONE[module] ?? null)
}

/** Modules of app/ itself that belong to a layer of another name. */
const ALONE: Record<string, string> = {
  root: 'routes',
  'entry.client': 'routes',
  entry: 'routes',
  'session-storage': 'shopify',
  'shopify-version': 'shopify',
}

/** Every breach of the law, as a sentence that names the line. */
export function breachesOf(sources: SourceText[], law: Law): string[] {
  return sources.flatMap((source) => {
    const layer = layerOf(source.path, law)
    if (layer === null) return [`${source.path}: belongs to no layer. ${SEE}`]
    return importsOf(source).flatMap((item) => breachOf(source.path, layer, item, law) ?? [])
  })
}

const SEE = 'See "The law" in docs/architecture.md.'

function breachOf(path: string, layer: string, { target, specifier, line }: Import, law: Law): string | null {
  if (target === null) return null
  const at = `${path}:${line}: "${specifier}"`
  if (!target.startsWith('app/')) return `${at} leaves app/: nothing in it may. ${SEE}`

  const other = layerOf(target, law)
  if (other === null) return `${at} belongs to no layer. ${SEE}`
  if (other === layer || law.get(layer)?.mayImport.has(other)) return isOtherPlatform(path, target, at)
  return `${at} is of the layer ${other}, which ${layer} may not import. ${SEE}`
}

/** The folders of sources/ are siblings of each other too. */
function isOtherPlatform(path: string, target: string, at: string): string | null {
  const [from, to] = [platformOf(path), platformOf(target)]
  return from && to && from !== to ? `${at}: a source may not import another source. ${SEE}` : null
}

function platformOf(path: string): string | undefined {
  return /^app\/sources\/([^/]+)\//.exec(path)?.[1]
}

function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '')
}
