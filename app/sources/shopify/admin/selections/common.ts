import { leaves, object, select } from '../selection'

/** An amount with the name of its currency. */
export const MONEY = select('MoneyV2', leaves('amount', 'currencyCode'))

/** An amount in the shop's currency, which is the order's. */
export const SHOP_MONEY = select('MoneyBag', {
  shopMoney: object('shopMoney', select('MoneyV2', leaves('amount'))),
})

/** An amount in both currencies, each with its name. */
export const BOTH_MONEYS = select('MoneyBag', {
  shopMoney: object('shopMoney', MONEY),
  presentmentMoney: object('presentmentMoney', MONEY),
})

/** An amount in the shop's currency, with its name. */
export const NAMED_SHOP_MONEY = select('MoneyBag', { shopMoney: object('shopMoney', MONEY) })

export const ADDRESS = select(
  'MailingAddress',
  leaves(
    'firstName',
    'lastName',
    'company',
    'address1',
    'address2',
    'city',
    'province',
    'provinceCode',
    'country',
    'countryCodeV2',
    'zip',
    'phone',
  ),
)
