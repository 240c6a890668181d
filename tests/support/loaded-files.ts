import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Frame } from 'playwright-core'

const CLIENT = fileURLToPath(new URL('../../build/client', import.meta.url))

/** A script or a style sheet of ours that a page has loaded. */
export interface LoadedFile {
  path: string
  /** How long it is compressed, in bytes: gzip as a server does it by default. */
  bytes: number
}

/** The app's own scripts and style sheets that the page in a frame has loaded so far, the largest first. */
export async function loadedFiles(frame: Frame): Promise<LoadedFile[]> {
  const paths = await frame.evaluate(() => {
    const urls = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
    const ours = urls.filter(
      ({ origin, pathname }) => origin === location.origin && /\.(js|css)$/.test(pathname),
    )
    return [...new Set(ours.map(({ pathname }) => pathname))]
  })
  const files = await Promise.all(
    paths.map(async (path) => ({ path, bytes: gzipSync(await readFile(CLIENT + path)).byteLength })),
  )
  return files.sort((a, b) => b.bytes - a.bytes)
}
