import { describe, expect, it } from 'vitest'
import { fieldOfPath } from './field-of-path'
import { nodesSelection } from './records-query'
import { renderSelection } from './render-selection'
import { leaves, object, on, pages, select } from './selection'

const ADDRESS = select('Address', leaves('city'))
const PERSON = select('Person', leaves('id', 'name'), {
  mail: object('contact', select('Contact', leaves('address'))),
  consent: object('contact', select('Contact', leaves('state'))),
  homes: pages('addresses', 5, ADDRESS),
  staff: on(select('Employee', leaves('desk'))),
})

describe('a selection', () => {
  it('is written for a question that is answered at once', () => {
    expect(renderSelection(PERSON, 'pages')).toBe(
      'id name mail: contact { address } consent: contact { state } ' +
        'homes: addresses(first: 5) { nodes { city } pageInfo { hasNextPage endCursor } } ... on Employee { desk }',
    )
  })

  it('is written for an export, which says of each connection that it was asked for', () => {
    expect(renderSelection(PERSON, 'bulk')).toBe(
      'id name mail: contact { address } consent: contact { state } ' +
        'has_homes: __typename homes: addresses { edges { node { city } } } ... on Employee { desk }',
    )
  })

  it('leaves out what is denied, and what would be empty without it', () => {
    const denied = new Set(['Person.name', 'Contact.state', 'Address.city', 'Employee.desk'])
    expect(renderSelection(PERSON, 'bulk', denied)).toBe('id mail: contact { address }')
    expect(renderSelection(PERSON, 'pages', new Set(['Person.contact', 'Person.addresses']))).toBe(
      'id name ... on Employee { desk }',
    )
  })
})

describe('the path of an error', () => {
  it.each([
    [['nodes', '3', 'name'], 'Person.name'],
    [['nodes', '0', 'mail', 'address'], 'Contact.address'],
    [['nodes', '0', 'homes', 'nodes', '2', 'city'], 'Address.city'],
    [['nodes', '0', 'homes'], 'Person.addresses'],
    [['nodes', '1', 'desk'], 'Employee.desk'],
    [['nodes'], 'QueryRoot.nodes'],
    [['elsewhere', 'x'], 'elsewhere.x'],
    [[], ''],
  ])('%j leads to %s', (path, field) => {
    expect(fieldOfPath(nodesSelection(PERSON), path)).toBe(field)
  })
})
