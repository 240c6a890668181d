import { leaves, object, pages, select } from '../selection'
import { ADDRESS, MONEY } from './common'

const ADDRESS_OF_CUSTOMER = select('MailingAddress', leaves('id'), ADDRESS.fields)

const SMS_CONSENT = select('CustomerSmsMarketingConsent', leaves('state', 'updatedAt'))

/**
 * What is asked of a customer. E-mail and phone are asked for twice, for the address and for the consent: where one may not be read,
 * its parent comes back null, and must not take the other with it.
 */
export const CUSTOMER = select(
  'Customer',
  leaves(
    'id',
    'createdAt',
    'updatedAt',
    'firstName',
    'lastName',
    'note',
    'state',
    'taxExempt',
    'verifiedEmail',
    'tags',
    'numberOfOrders',
  ),
  {
    emailAddress: object('defaultEmailAddress', select('CustomerEmailAddress', leaves('emailAddress'))),
    emailConsent: object(
      'defaultEmailAddress',
      select('CustomerEmailAddress', leaves('marketingState', 'marketingUpdatedAt')),
    ),
    phoneNumber: object('defaultPhoneNumber', select('CustomerPhoneNumber', leaves('phoneNumber'))),
    smsConsent: object(
      'defaultPhoneNumber',
      select('CustomerPhoneNumber', { smsMarketingConsent: object('smsMarketingConsent', SMS_CONSENT) }),
    ),
    amountSpent: object('amountSpent', MONEY),
    lastOrder: object('lastOrder', select('Order', leaves('createdAt'))),
    defaultAddress: object('defaultAddress', ADDRESS_OF_CUSTOMER),
    addressesV2: pages('addressesV2', 20, ADDRESS_OF_CUSTOMER),
  },
)
