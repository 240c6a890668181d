import { type Frame } from 'playwright-core'

/** What a person feels of a page, as the browser measures it (web.dev/articles/vitals). */
export interface Vitals {
  /** When its largest content was painted, in milliseconds after the page was asked for. */
  lcpMs: number
  /** How far what was to be seen has moved by itself: the worst burst of moves, as a share of the screen. */
  cls: number
  /** What moved, and from where to where: for whoever must find out why. */
  moved: string[]
  /** How long the slowest of the clicks and key presses took until the screen had answered, in milliseconds; 0 when there was none. */
  inpMs: number
}

interface Shift extends PerformanceEntry {
  value: number
  hadRecentInput: boolean
  sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[]
}
interface Press extends PerformanceEntry {
  interactionId?: number
}
interface Observed {
  parityVitals: { lcpMs: number; shifts: { at: number; value: number; moved: string[] }[]; presses: number[] }
}

/** Begins to observe the page in a frame. What was painted and moved before counts too; presses count from now on. */
export function observeVitals(frame: Frame): Promise<void> {
  return frame.evaluate(() => {
    const seen: Observed['parityVitals'] = { lcpMs: 0, shifts: [], presses: [] }
    Object.assign(window, { parityVitals: seen })
    const observe = (type: string, each: (entry: PerformanceEntry) => void, options = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({
        type,
        buffered: true,
        ...options,
      })
    observe('largest-contentful-paint', ({ startTime }) => (seen.lcpMs = startTime))
    observe('layout-shift', (entry) => {
      const { value, hadRecentInput, startTime, sources } = entry as Shift
      const words = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}x${height}`
      const moved = sources.map(
        ({ node, previousRect, currentRect }) =>
          `${node?.nodeName} "${node?.textContent?.slice(0, 40)}" ${words(previousRect)} → ${words(currentRect)}`,
      )
      if (!hadRecentInput) seen.shifts.push({ at: startTime, value, moved })
    })
    const ofPresses = (entry: PerformanceEntry) => {
      if ((entry as Press).interactionId) seen.presses.push(entry.duration)
    }
    observe('event', ofPresses, { buffered: false, durationThreshold: 16 })
  })
}

/** What has been observed so far, all that is painted by now included. */
export async function readVitals(frame: Frame): Promise<Vitals> {
  // An observer hears of a frame after it was painted.
  await frame.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))))
  const { lcpMs, shifts, presses } = await frame.evaluate(() => (window as unknown as Observed).parityVitals)
  const moved = shifts.flatMap((shift) => shift.moved)
  return { lcpMs, cls: worstBurst(shifts), moved, inpMs: Math.max(0, ...presses) }
}

const BURST_PAUSE_MS = 1_000
const BURST_MS = 5_000

/** As the browser's makers count: moves with less than a second between them, within five seconds, belong together. */
function worstBurst(shifts: { at: number; value: number }[]): number {
  let burst = { from: 0, last: 0, sum: 0 }
  let worst = 0
  for (const { at, value } of shifts) {
    const goesOn = at - burst.last < BURST_PAUSE_MS && at - burst.from < BURST_MS
    burst = goesOn ? { ...burst, last: at, sum: burst.sum + value } : { from: at, last: at, sum: value }
    worst = Math.max(worst, burst.sum)
  }
  return worst
}
