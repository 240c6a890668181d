/** What a process takes, in MB. */
export interface Memory {
  resident: number
  heap: number
}

const BYTES = 1e6

/** Reads an app's memory from its metrics. @throws Error when they do not name it */
export async function sampleMemory(url: string): Promise<Memory> {
  const answer = await fetch(`${url}/metrics`)
  return memoryIn(await answer.text())
}

/** The memory that a page of metrics in Prometheus text names. Pure. */
export function memoryIn(text: string): Memory {
  return {
    resident: gauge(text, 'process_resident_memory_bytes') / BYTES,
    heap: gauge(text, 'nodejs_heap_size_used_bytes') / BYTES,
  }
}

function gauge(text: string, name: string): number {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  if (line === undefined) throw new Error(`The metrics do not name ${name}.`)
  return Number(line.slice(name.length + 1))
}
