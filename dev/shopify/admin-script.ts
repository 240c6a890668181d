import { readFile } from 'node:fs/promises'
import ts from 'typescript'

const made = new Map<string, Promise<string>>()

/** A script of the folder `admin` as a browser takes it, such as `app-bridge`. */
export function adminScript(name: string): Promise<string> {
  const script = made.get(name) ?? transpile(name)
  made.set(name, script)
  return script
}

async function transpile(name: string): Promise<string> {
  const source = await readFile(new URL(`./admin/${name}.ts`, import.meta.url), 'utf8')
  const { ESNext } = ts.ModuleKind
  return ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ESNext } })
    .outputText
}
