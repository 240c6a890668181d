/** The person's language: as the admin says it in the address, or else as their browser prefers. */
export function localeOf(request: Request): string {
  const said = new URL(request.url).searchParams.get('locale')
  const [preferred = 'en'] = (request.headers.get('accept-language') ?? '').split(/[,;]/)
  return said ?? (preferred.trim() || 'en')
}
