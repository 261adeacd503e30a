export interface DefaultPaths {
  /** `conf.d/*.yaml` beside it is read, too. */
  readonly configFile: string
  readonly dataDir: string
  readonly socket: string
  readonly adminSocket: string
}

export interface PathSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly uid: number
  readonly home: string
}

const ROOT: DefaultPaths = {
  configFile: "/etc/conclave/conclave.yaml",
  dataDir: "/var/lib/conclave",
  socket: "/run/conclave/conclave.sock",
  adminSocket: "/run/conclave-admin/admin.sock",
}

/** The contract's table of paths: root's, else below the XDG directories or what stands in for them. */
export function defaultPaths({ env, uid, home }: PathSurroundings): DefaultPaths {
  if (uid === 0) return ROOT
  const config = env["XDG_CONFIG_HOME"] || `${home}/.config`
  const state = env["XDG_STATE_HOME"] || `${home}/.local/state`
  const runtime = env["XDG_RUNTIME_DIR"] || privateRuntime(uid)
  return {
    configFile: `${config}/conclave/conclave.yaml`,
    dataDir: `${state}/conclave`,
    socket: `${runtime}/conclave/conclave.sock`,
    adminSocket: `${runtime}/conclave-admin/admin.sock`,
  }
}

/** Where there is no XDG_RUNTIME_DIR; anybody can make it first, so its owner is checked before use. */
export function privateRuntime(uid: number): string {
  return `/tmp/conclave-${uid}`
}
