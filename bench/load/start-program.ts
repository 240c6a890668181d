import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A program of the bench in a process of its own. */
export interface Program {
  /** Its next message; rejects when it ends without one. */
  message(): Promise<unknown>
  tell(message: object): void
  stop(): Promise<void>
}

/**
 * Starts one of the bench's TypeScript programs.
 *
 * @param path from the folder `bench`
 */
export function startProgram(path: string, env: Record<string, string> = {}): Program {
  const child = fork(fileURLToPath(new URL(`../${path}`, import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production', ...env },
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    message: () => nextMessage(child, path),
    tell: (message) => void child.send(message),
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}

function nextMessage(child: ChildProcess, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`${path} ended (${code}) without a word.`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message)
    })
  })
}
