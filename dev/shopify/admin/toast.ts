import { byId } from './dom.js'

let hiding: number | undefined

/** Says something at the foot of the page for a while; nothing hides what is said. */
export function say(message: string, isError = false): void {
  const toast = byId('toast')
  toast.textContent = message
  toast.classList.toggle('error', isError)
  toast.classList.toggle('shown', message !== '')
  clearTimeout(hiding)
  hiding = window.setTimeout(() => toast.classList.remove('shown'), 4000)
}
