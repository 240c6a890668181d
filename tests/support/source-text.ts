import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A source file: its path from the root of the repository, with slashes, and its text. */
export interface SourceText {
  path: string
  text: string
}

/** An import of any kind: static, of types only, dynamic, a re-export, or `require`. */
export interface Import {
  /** As it is written. */
  specifier: string
  /** The file that it names, from the root of the repository and without an extension; null for a package. */
  target: string | null
  /** From 1. */
  line: number
}

/** Every TypeScript file under a folder of the repository, without the tests beside the code. */
export function readSources(folder: string): SourceText[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.split(sep).join('/')))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}

/** A text file of the repository. */
export function readRepositoryFile(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Calls `visit` with every node of a file and the line that it begins on. */
export function walk({ path, text }: SourceText, visit: (node: ts.Node, line: number) => void): void {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
  const enter = (node: ts.Node) => {
    visit(node, file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1)
    ts.forEachChild(node, enter)
  }
  enter(file)
}

/** All imports of a file, in the order they stand in. */
export function importsOf(source: SourceText): Import[] {
  const imports: Import[] = []
  walk(source, (node, line) => {
    const specifier = specifierOf(node)
    if (specifier !== null) imports.push({ specifier, target: targetOf(source.path, specifier), line })
  })
  return imports
}

function specifierOf(node: ts.Node): string | null {
  const named = moduleNameOf(node)
  return named && ts.isStringLiteralLike(named) ? named.text : null
}

function moduleNameOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isExternalModuleReference(node)) return node.expression
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
  return ts.isCallExpression(node) && isLoading(node.expression) ? node.arguments[0] : undefined
}

function isLoading(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
}

function targetOf(from: string, specifier: string): string | null {
  const path = specifier.replace(/\?.*$/, '')
  if (path.startsWith('~/')) return withoutExtension(posix.join('app', path.slice(2)))
  return path.startsWith('.') ? withoutExtension(posix.join(posix.dirname(from), path)) : null
}

function withoutExtension(path: string): string {
  return path.replace(/\.(ts|tsx|js|mjs)$/, '')
}
