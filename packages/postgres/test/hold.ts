/** Starts PostgreSQL on the folder it is given, prints the URL and stays until it is killed. */
import { startPostgres } from '../src/index.ts'

const [dataDir = ''] = process.argv.slice(2)
const postgres = await startPostgres({ dataDir, durable: false, log: () => {} })
console.log(postgres.url)
setInterval(() => {}, 1_000)
