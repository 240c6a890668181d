import { setFlagsFromString } from 'node:v8'

/**
 * V8 would make what survives a few collections in the old space from then on. Here that is what each webhook is parsed into: the old space
 * fills with garbage, and collecting it takes a sixth of a core and more memory than all else (docs/decisions/025). To be imported first.
 */
setFlagsFromString('--no-allocation-site-pretenuring')
