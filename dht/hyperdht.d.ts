/** What is used of the library, which has no types. */
declare module "hyperdht" {
  export default class HyperDHT {
    /** A node that is always there, at an address that all reach. */
    static bootstrapper(port: number, host: string, options: { readonly bootstrap: readonly string[] }): HyperDHT
    fullyBootstrapped(): Promise<unknown>
    destroy(options?: { readonly force: boolean }): Promise<void>
  }
}
