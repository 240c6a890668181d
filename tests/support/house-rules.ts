import ts from 'typescript'
import { importsOf, type SourceText, walk } from './source-text'

const SEE = 'See "The law" in docs/architecture.md.'

/** Packages that a layer may use; where a layer is not named here, any. */
const PACKAGES: { files: RegExp; allows(name: string): boolean; words: string }[] = [
  {
    files: /^app\/contracts\//,
    allows: (name) => name === 'zod',
    words: 'contracts/ knows zod and nothing else',
  },
  {
    files: /^app\/(saas|lib)\//,
    allows: (name) => !/^(@shopify|@prisma|@remix-run)\/|^pg(-boss)?$/.test(name),
    words: 'it knows no Shopify, no database, no queue and no pages',
  },
]

/** Every package that a layer must not know, as a sentence. */
export function strangePackages(sources: SourceText[]): string[] {
  return sources.flatMap((source) => {
    const rules = PACKAGES.filter(({ files }) => files.test(source.path))
    const packages = importsOf(source).filter(({ target }) => target === null)
    return packages.flatMap(({ specifier, line }) =>
      rules
        .filter(({ allows }) => !allows(specifier))
        .map(({ words }) => `${source.path}:${line}: "${specifier}": ${words}. ${SEE}`),
    )
  })
}

/** Every place outside app/config.server.ts that reads the environment, as a sentence. */
export function environmentReaders(sources: SourceText[]): string[] {
  return sources
    .filter(({ path }) => path !== 'app/config.server.ts')
    .flatMap((source) =>
      nodesOf(source, isEnvironment).map(
        (line) => `${source.path}:${line}: only app/config.server.ts reads process.env. ${SEE}`,
      ),
    )
}

const WRITING_SQL = /\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE(\s+TABLE)?)\s+"SyncRecord"/gi
const WRITING_PRISMA = /\bsyncRecord\s*\.\s*(create|update|upsert|delete)\w*/g

/** Every place outside app/records/ that writes the table of records, as a sentence. */
export function recordWriters(sources: SourceText[]): string[] {
  return sources
    .filter(({ path }) => !path.startsWith('app/records/'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(WRITING_SQL), ...text.matchAll(WRITING_PRISMA)].map(
        ({ index }) =>
          `${path}:${text.slice(0, index).split('\n').length}: only app/records/ writes SyncRecord. ${SEE}`,
      ),
    )
}

/** What a mapper may use besides this repository's own code: neither has a clock, a file or a network. */
const PURE_PACKAGES = ['zod', 'node:crypto', 'node:buffer']

/** Every place in a mapper (sources/<platform>/map-*), or in what it imports, that is not pure, as a sentence. */
export function impureMappers(sources: SourceText[]): string[] {
  const mapping = reachedFrom(
    sources.filter(({ path }) => /^app\/sources\/[^/]+\/map-[^/]+$/.test(path)),
    sources,
  )
  return mapping.flatMap((source) => [
    ...importsOf(source)
      .filter(({ specifier, target }) =>
        target === null ? !PURE_PACKAGES.includes(specifier) : target.endsWith('.server'),
      )
      .map(({ specifier, line }) => `${source.path}:${line}: "${specifier}": ${MAPPERS_ARE_PURE}`),
    ...(source.path.startsWith('app/sources/') ? nodesOf(source, isOutsideWorld) : []).map(
      (line) => `${source.path}:${line}: a clock, a random number or the network: ${MAPPERS_ARE_PURE}`,
    ),
  ])
}

const MAPPERS_ARE_PURE = `a mapper is a pure function of the bytes. ${SEE}`

/** The files and everything that they import, directly or not. */
function reachedFrom(start: SourceText[], sources: SourceText[]): SourceText[] {
  const byTarget = new Map(sources.map((source) => [source.path.replace(/\.tsx?$/, ''), source]))
  const reached = new Set<SourceText>(start)
  for (const source of reached) {
    for (const { target } of importsOf(source)) {
      const next = target === null ? undefined : (byTarget.get(target) ?? byTarget.get(`${target}/index`))
      if (next) reached.add(next)
    }
  }
  return [...reached]
}

/** The lines of the nodes that a test holds for. */
function nodesOf(source: SourceText, holds: (node: ts.Node) => boolean): number[] {
  const lines: number[] = []
  walk(source, (node, line) => {
    if (holds(node)) lines.push(line)
  })
  return lines
}

function isEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    return node.name.text === 'env' && /^(globalThis\.)?process$/.test(node.expression.getText())
  }
  return ts.isImportDeclaration(node) && /^'(node:)?process'$/.test(node.moduleSpecifier.getText())
}

function isOutsideWorld(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && !node.arguments?.length
  if (!ts.isCallExpression(node)) return false
  return /^(Date\.now|Math\.random|fetch|systemClock|randomUUID|randomBytes)$/.test(node.expression.getText())
}
