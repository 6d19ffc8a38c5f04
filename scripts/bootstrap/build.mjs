import { Failure, capture } from './run.mjs'

/**
 * Builds what has changed, quietly unless it fails.
 * @throws {Failure} with the output of the build
 */
export async function build() {
  console.log('Netzwerkdiakonie wird gebaut (beim ersten Mal etwa eine Minute) …')
  const { code, output } = await capture('turbo', ['run', 'build', '--output-logs=errors-only'])
  if (code === 0) return
  throw new Failure(
    `${output}\nNetzwerkdiakonie ließ sich nicht bauen; der Grund steht oben.`,
    code,
  )
}
