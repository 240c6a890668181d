/** What a loader says when it has no page: part of the answer's body, so that the browser can draw it. */
export interface PageProblem {
  problem: 'database' | 'missing'
}

/** Whether the body of a thrown answer is one of ours. */
export function isPageProblem(body: unknown): body is PageProblem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'problem' in body &&
    (body.problem === 'database' || body.problem === 'missing')
  )
}
