import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

/** Every script that runs tests leaves a JSON report in test-results/ of its package. */
const testScripts = ['test', 'e2e']

/** Removes the reports of the last run, so that none of them counts when a runner crashes. */
export function removeReports() {
  for (const folder of testedPackages()) for (const file of reportsOf(folder)) rmSync(file)
}

/**
 * Sums up the reports of all packages that have tests.
 * @returns {{ passed: number, failed: number, missing: string[] }} `missing`: packages whose
 *   tests left no report, relative to the root
 */
export function countTests() {
  const sum = { passed: 0, failed: 0, missing: [] }
  for (const folder of testedPackages()) {
    const files = reportsOf(folder)
    if (files.length === 0) sum.missing.push(folder)
    for (const file of files) {
      const { passed, failed } = countReport(JSON.parse(readFileSync(file, 'utf8')))
      sum.passed += passed
      sum.failed += failed
    }
  }
  return sum
}

/** Reads the JSON reports of vitest and of Playwright. */
function countReport(report) {
  if (report.stats) {
    const { expected, flaky, unexpected } = report.stats
    return { passed: expected + flaky, failed: unexpected || report.errors.length }
  }
  // A file that does not even load has no tests to count.
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  const failed = report.numFailedTests + unloaded.length
  return { passed: report.numPassedTests, failed: failed || Number(!report.success) }
}

function testedPackages() {
  const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name))
  return [...packages, 'e2e', 'tooling'].filter((folder) => {
    const manifest = join(root, folder, 'package.json')
    if (!existsSync(manifest)) return false
    const { scripts = {} } = JSON.parse(readFileSync(manifest, 'utf8'))
    return testScripts.some((name) => scripts[name])
  })
}

function reportsOf(folder) {
  const results = join(root, folder, 'test-results')
  if (!existsSync(results)) return []
  const names = readdirSync(results).filter((name) => name.endsWith('.json'))
  return names.filter((name) => !name.startsWith('.')).map((name) => join(results, name))
}
