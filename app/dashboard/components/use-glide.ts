import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

const GLIDE_MS = 250

// Before the screen is painted; on a server nothing ever is.
const usePaintEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect

/**
 * Children of an element that make room for new ones glide to their new places, so that the eye can follow them and nothing jumps. At
 * once where motion is not wanted; and where the person has scrolled, as the browser then keeps what is seen in its place.
 *
 * @returns where to put the element
 */
export function useGlide<Parent extends HTMLElement>(): RefObject<Parent> {
  const parent = useRef<Parent>(null)
  const places = useRef<Places>(new Map())

  usePaintEffect(() => {
    const before = places.current
    places.current = placesOf(parent.current)
    if (window.scrollY > 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    // Where all are others, it is another list.
    if ([...places.current.keys()].some((child) => before.has(child))) move(before, places.current)
  })
  return parent
}

/** By the top of their place, in pixels. */
type Places = Map<Element, number>

function placesOf(parent: HTMLElement | null): Places {
  return new Map([...(parent?.children ?? [])].map((child) => [child, (child as HTMLElement).offsetTop]))
}

function move(before: Places, after: Places): void {
  for (const [child, place] of after) {
    const from = before.get(child)
    const first = from === undefined ? { opacity: 0 } : { transform: `translateY(${from - place}px)` }
    if (from !== place) child.animate([first, {}], { duration: GLIDE_MS, easing: 'ease-out' })
  }
}
