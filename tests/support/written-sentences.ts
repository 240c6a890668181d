import ts from 'typescript'
import { type SourceText, walk } from './source-text'

/** A sentence that a stage writes for people: where, and with `§` for what is filled in. */
export interface WrittenSentence {
  path: string
  line: number
  text: string
}

const WORDS = /^(?:§|[A-Z]\p{L}*)(?:[ ,:;’'\-()]+[\p{L}\d§_./]+){2,}/u
const SQL = /\b(COALESCE|SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|RETURNING|VALUES|mutation|query)\b|\n/

/** The English sentences in some files, but for those that only a log or a developer reads. */
export function writtenSentences(sources: SourceText[]): WrittenSentence[] {
  const found: WrittenSentence[] = []
  for (const source of sources) {
    walk(source, (node, line) => {
      const text = textOf(node)
      if (text === null || !WORDS.test(text) || SQL.test(text) || isForDevelopers(node)) return
      found.push({ path: source.path, line, text })
    })
  }
  return found
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return null
  return node.head.text + node.templateSpans.map(({ literal }) => `§${literal.text}`).join('')
}

/** What an Error says, or a ParityError says inside; and types. */
function isForDevelopers(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isLiteralTypeNode(parent)) return true
  if (ts.isPropertyAssignment(parent)) return parent.name.getText() === 'message'
  return ts.isNewExpression(parent) && /Error$/.test(parent.expression.getText())
}
