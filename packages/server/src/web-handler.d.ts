// The handler is built by adapter-node, so it has no types of its own.
declare module '@netzwerkdiakonie/web/handler' {
  export const handler: (
    request: import('node:http').IncomingMessage,
    response: import('node:http').ServerResponse,
    next: (error?: unknown) => void,
  ) => void
}
