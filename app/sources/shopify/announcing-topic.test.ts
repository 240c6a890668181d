import { expect, it } from 'vitest'
import { Action } from '~/contracts/resource'
import { READING_ORDER } from '~/contracts/store-reader'
import { announcingTopic } from './announcing-topic'
import { topicOf } from './topics'

it('names for each resource and action a topic that Parity hears', () => {
  for (const resource of READING_ORDER)
    for (const action of Action.options)
      expect(topicOf(announcingTopic(resource, action))).toMatchObject({ resource })
})
