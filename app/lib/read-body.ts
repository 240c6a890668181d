/**
 * Reads a request's body, at most so many bytes; null when it is longer. What is longer is not read to its end, and not cancelled either:
 * that would break the connection off before the answer is sent.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null

  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body?.values({ preventCancel: true }) ?? []) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size > limit) return null
  }
  return Buffer.concat(chunks)
}
