/** A test runner's preloads, and an agent's configuration in the environment, are not for the processes of a fleet. */
export function cleanEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([key]) => !key.startsWith("CONCLAVE_") && key !== "NODE_OPTIONS"),
  )
}
