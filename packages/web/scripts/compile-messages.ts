import { compile } from '@inlang/paraglide-js'
import { paraglideOptions } from '../paraglide.config.ts'

// Type checks need the compiled messages before any build has run.
await compile(paraglideOptions)
