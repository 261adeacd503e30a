/** Version of the program; the same as in the package's manifest. */
export const VERSION = "0.1.0"
