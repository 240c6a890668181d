/** What the shop sells: a small outfitter for home and trail. */
export const GOODS = [
  { name: 'Wool Blanket', type: 'Home', price: 129, options: ['Colour'] },
  { name: 'Stoneware Mug', type: 'Kitchen', price: 24, options: ['Colour'] },
  { name: 'Canvas Apron', type: 'Kitchen', price: 58, options: ['Size', 'Colour'] },
  { name: 'Trail Jacket', type: 'Outerwear', price: 189, options: ['Size', 'Colour'] },
  { name: 'Merino Socks', type: 'Apparel', price: 19.5, options: ['Size'] },
  { name: 'Linen Shirt', type: 'Apparel', price: 84, options: ['Size', 'Colour'] },
  { name: 'Enamel Pot', type: 'Kitchen', price: 46.9, options: ['Size'] },
  { name: 'Beeswax Candle', type: 'Home', price: 16, options: [] },
  { name: 'Field Notebook', type: 'Stationery', price: 12.5, options: [] },
  { name: 'Oak Cutting Board', type: 'Kitchen', price: 72, options: ['Size'] },
  { name: 'Rain Poncho', type: 'Outerwear', price: 64, options: ['Colour'] },
  { name: 'Pour-over Kettle', type: 'Kitchen', price: 98, options: ['Colour'] },
] as const

export const MOODS = [
  'Harbour',
  'Juniper',
  'Fjord',
  'Maple',
  'Solstice',
  'Ridge',
  'Café & Co.',
  'Größe',
  'Aurora',
  '山の',
] as const
export const VENDORS = ['Northlight Goods', 'Atelier Müller', 'Harbour & Sons', 'Kōyō Works'] as const
export const TAGS = [
  'new',
  'gift',
  'sale',
  'organic',
  'made-in-canada',
  'winter',
  'best seller',
  'limited',
] as const
export const OPTION_VALUES: Record<string, readonly string[]> = {
  Size: ['S', 'M', 'L', 'XL'],
  Colour: ['Moss', 'Charcoal', 'Crème'],
}

export const COLLECTIONS = [
  'Kitchen & Table',
  'Cold Weather',
  'Gifts under $50',
  'New Arrivals',
  'Made in Canada',
  'Studio Favourites',
  'Slow Mornings',
  'Last Chance',
] as const

export const FIRST_NAMES = [
  'Amélie',
  'Noah',
  'Sofía',
  'Liam',
  'Zoë',
  'Omar',
  'Ingrid',
  'Mateo',
  'Priya',
  'Jonas',
  'Chloé',
  '健',
  'Aoife',
  'Ravi',
] as const
export const LAST_NAMES = [
  'Tremblay',
  "O'Connor",
  'García',
  'Nguyen',
  'Müller',
  'Singh',
  'Rossi',
  'Dubois',
  'Larsen',
  'Okafor',
  '佐藤',
  'Smith-Jones',
] as const

export const PLACES = [
  {
    city: 'Toronto',
    province: 'Ontario',
    provinceCode: 'ON',
    country: 'Canada',
    countryCode: 'CA',
    zip: 'M5V 2T6',
    tax: 'HST',
    rate: 0.13,
    currency: 'CAD',
  },
  {
    city: 'Montréal',
    province: 'Quebec',
    provinceCode: 'QC',
    country: 'Canada',
    countryCode: 'CA',
    zip: 'H2Y 1C6',
    tax: 'QST',
    rate: 0.14975,
    currency: 'CAD',
  },
  {
    city: 'Portland',
    province: 'Oregon',
    provinceCode: 'OR',
    country: 'United States',
    countryCode: 'US',
    zip: '97205',
    tax: 'OR State Tax',
    rate: 0,
    currency: 'USD',
  },
  {
    city: 'Brooklyn',
    province: 'New York',
    provinceCode: 'NY',
    country: 'United States',
    countryCode: 'US',
    zip: '11201',
    tax: 'NY State Tax',
    rate: 0.08875,
    currency: 'USD',
  },
  {
    city: 'Berlin',
    province: null,
    provinceCode: null,
    country: 'Germany',
    countryCode: 'DE',
    zip: '10115',
    tax: 'DE MwSt',
    rate: 0.19,
    currency: 'EUR',
  },
  {
    city: 'Kyoto',
    province: 'Kyōto',
    provinceCode: 'JP-26',
    country: 'Japan',
    countryCode: 'JP',
    zip: '604-8001',
    tax: 'JP CT',
    rate: 0.1,
    currency: 'JPY',
  },
] as const
export type Place = (typeof PLACES)[number]

/** What one unit of the shop's dollar is in what a customer sees. */
export const RATES: Record<string, number> = { USD: 1, CAD: 1.37, EUR: 0.92, JPY: 149.2 }

export const NOTES = [
  'Leave at the side door',
  'Gift: please no invoice',
  'Ring twice / use the bell',
  'Prefers <b>email</b> & text',
] as const
