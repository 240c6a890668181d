type Child = Node | string | null | undefined
type Properties = Record<string, string | boolean | EventListener>

/** An element with attributes, listeners (`onclick` and such) and children; text is never taken for HTML. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false) element.setAttribute(name, value)
  }
  element.append(...children.filter((child): child is Node | string => child != null))
  return element
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id)
  if (!element) throw new Error(`The page has no #${id}`)
  return element as T
}

/** Replaces what is in an element, and keeps focus and unfolded parts by their `data-key`. */
export function redraw(container: HTMLElement, ...children: Child[]): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset['key']
  const unfolded = [...container.querySelectorAll<HTMLElement>('details[open]')].map(
    ({ dataset }) => dataset['key'],
  )
  container.replaceChildren(...children.filter((child): child is Node | string => child != null))
  for (const details of container.querySelectorAll('details')) {
    if (unfolded.includes(details.dataset['key'])) details.open = true
  }
  const again =
    focused === undefined ? null : container.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)
  again?.focus()
}

/** "just now", "4 min ago". */
export function ago(time: string): string {
  const seconds = Math.max(0, (Date.now() - Date.parse(time)) / 1000)
  if (seconds < 5) return 'just now'
  if (seconds < 60) return `${Math.floor(seconds)} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86_400)} d ago`
}
