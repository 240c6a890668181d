import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../postgres'
import { startApp, type AppOptions, type RunningApp } from '../run-app'
import { type Death } from './evidence'

/** How the app is spread over processes: one that does all, or a web server and two workers. */
export type Layout = 'one' | 'split'

const MEMBERS: Record<Layout, { name: string; role: 'all' | 'web' | 'worker' }[]> = {
  one: [{ name: 'app', role: 'all' }],
  split: [
    { name: 'web', role: 'web' },
    { name: 'worker 1', role: 'worker' },
    { name: 'worker 2', role: 'worker' },
  ],
}

/** How often a supervisor starts a process that does not come up. */
const STARTS = 6

interface Member {
  name: string
  options: AppOptions
  app: RunningApp
  /** Killed on purpose, and not started again yet. */
  isDown: boolean
  /** Its start that is under way; null for none. */
  starting: Promise<void> | null
}

/** The processes of the app, each with an address and an environment of its own that it keeps over its deaths. */
export class Fleet {
  readonly deaths: Death[] = []
  /** What ended though nobody had killed it, with its last words. */
  readonly collapses: string[] = []
  /** What every process said, those that are dead too. */
  readonly #said: { name: string; output: () => string }[] = []
  readonly #members: Member[]
  #stopped: Promise<string[]> | undefined

  private constructor(members: Member[]) {
    this.#members = members
    for (const { name, app } of members) this.#said.push({ name, output: app.output })
  }

  /** @param options of every member; role and port are its own */
  static async start(layout: Layout, options: Omit<AppOptions, 'role' | 'port'>): Promise<Fleet> {
    const members: Member[] = []
    const url = `http://127.0.0.1:${await freePort()}`
    for (const { name, role } of MEMBERS[layout]) {
      const port = role === 'worker' ? await freePort() : Number(new URL(url).port)
      const own = { ...options, role, port, env: { ...options.env, SHOPIFY_APP_URL: url } }
      members.push({ name, options: own, app: await startApp(own), isDown: false, starting: null })
    }
    return new Fleet(members)
  }

  /** The process that takes webhooks. */
  get web(): RunningApp {
    return this.#members[0]!.app
  }

  /** The names of all members, or of those that only work. */
  names(which: 'all' | 'workers' = 'all'): string[] {
    const chosen =
      which === 'all' ? this.#members : this.#members.filter(({ options }) => options.role !== 'web')
    return chosen.map(({ name }) => name)
  }

  /** Where a member can be asked how it is; it keeps the address over its deaths. */
  addressOf(name: string): string {
    return this.#find(name).app.url
  }

  /** SIGKILL, in whatever it is doing. */
  async kill(name: string): Promise<void> {
    const member = this.#find(name)
    await member.starting
    this.#noteCollapse(member)
    this.deaths.push({ member: name, at: Date.now() })
    member.isDown = true
    await member.app.kill()
  }

  /** SIGSTOP for so long, then on with whatever it was doing. */
  async freeze(name: string, ms: number): Promise<void> {
    const { app } = this.#find(name)
    app.freeze()
    await pause(ms)
    app.thaw()
  }

  /** Starts a member that is down, again and again as a supervisor does. @throws Error with its last words when it does not come up */
  async restart(name: string): Promise<void> {
    const member = this.#find(name)
    // Who died twice before it was there again is started once.
    if (!member.starting && !member.isDown && !member.app.hasEnded()) return
    member.starting ??= this.#start(member).finally(() => (member.starting = null))
    await member.starting
  }

  async #start(member: Member): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        member.app = await startApp(member.options)
        break
      } catch (error) {
        if (tries === STARTS) throw error
        await pause(1_000)
      }
    }
    this.#said.push({ name: member.name, output: member.app.output })
    member.isDown = false
  }

  /** Notes who ended by itself, and starts everybody who is not there. */
  async heal(): Promise<void> {
    for (const member of this.#members) {
      this.#noteCollapse(member)
      if (member.isDown || member.app.hasEnded()) await this.restart(member.name)
    }
  }

  /** SIGTERM to all. A second call changes nothing. @returns who did not end in order, in words */
  stop(): Promise<string[]> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #stop(): Promise<string[]> {
    const ends = this.#members.map(async (member) => {
      this.#noteCollapse(member)
      const code = await member.app.stop()
      return code === 0 || member.isDown ? [] : [`${member.name} ended with ${code} when it was told to stop`]
    })
    return (await Promise.all(ends)).flat()
  }

  /** Everything that was said, process by process. */
  said(): string {
    return this.#said.map(({ name, output }) => `──── ${name}\n${output()}`).join('\n')
  }

  #find(name: string): Member {
    const member = this.#members.find((each) => each.name === name)
    if (!member) throw new Error(`There is no process ${name}`)
    return member
  }

  #noteCollapse(member: Member): void {
    if (member.isDown || !member.app.hasEnded()) return
    this.collapses.push(`${member.name} ended by itself: ${member.app.output().slice(-2_000)}`)
    member.isDown = true
  }
}
