/** Which hosts are played by which server: `saas.example=http://127.0.0.1:4000,other.example=…`. */
export function readRoutes(text?: string): Map<string, string>
/** A `fetch` that sends what is for these hosts to the servers that play them, and nothing else. */
export function routedHosts(origins: Map<string, string>, realFetch: typeof fetch): typeof fetch
