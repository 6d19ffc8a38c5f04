import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProduct } from './product.ts'

/** Starts the product with demo content in a folder of its own; the returned function stops it. */
export default async function setUp(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'netzwerkdiakonie-e2e-'))
  const product = await startProduct(dataDir)
  process.env['E2E_ADDRESS'] = product.address
  process.env['E2E_DATA_DIR'] = dataDir
  return async () => {
    await product.stop()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
  }
}
