import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Runs a program of the repository with no environment but PATH and the variables named, and returns what it wrote to
 * standard output.
 *
 * @throws Error with both outputs when it ends with another code than 0
 */
export async function runCommand(file: string, args: string[], env: Record<string, string>): Promise<string> {
  const environment: Partial<NodeJS.ProcessEnv> = { PATH: process.env.PATH, ...env }
  const { stdout } = await promisify(execFile)(file, args, {
    cwd: ROOT,
    env: environment as NodeJS.ProcessEnv,
    maxBuffer: 16 * 1024 * 1024,
  })
  return stdout
}
