import { leaves, object, on, pages, select } from '../selection'

const VARIANT = select(
  'ProductVariant',
  leaves(
    'id',
    'title',
    'sku',
    'barcode',
    'price',
    'compareAtPrice',
    'position',
    'inventoryQuantity',
    'inventoryPolicy',
  ),
  {
    inventoryItem: object('inventoryItem', select('InventoryItem', leaves('tracked'))),
    selectedOptions: object('selectedOptions', select('SelectedOption', leaves('name', 'value'))),
  },
)

const MEDIA = select('Media', leaves('id', 'alt'), {
  onImage: on(select('MediaImage', { image: object('image', select('Image', leaves('url'))) })),
})

/** What is asked of a product: a hundred variants at once, the others (up to 2 048) by further questions. */
export const PRODUCT = select(
  'Product',
  leaves(
    'id',
    'createdAt',
    'updatedAt',
    'publishedAt',
    'title',
    'handle',
    'descriptionHtml',
    'vendor',
    'productType',
    'status',
    'tags',
  ),
  {
    options: object('options', select('ProductOption', leaves('name', 'position'))),
    variantsCount: object('variantsCount', select('Count', leaves('count', 'precision'))),
    variants: pages('variants', 100, VARIANT),
    media: pages('media', 50, MEDIA),
    collections: pages('collections', 50, select('Collection', leaves('id'))),
  },
)
