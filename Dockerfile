FROM node:24-slim AS build
WORKDIR /app
ENV CI=1 TURBO_TELEMETRY_DISABLED=1
# The version of `packageManager` in package.json.
RUN npm install --global pnpm@12.21.0

# A layer of its own: packages are fetched again only when the lockfile changes.
COPY pnpm-lock.yaml pnpm-workspace.yaml package.json ./
RUN pnpm fetch
COPY . .
RUN pnpm install --offline --frozen-lockfile && pnpm turbo run build

# What runs needs no tools. The layout of the workspace stays: Node strips types only from
# files outside of node_modules, so the packages must not be copied into it.
RUN rm -rf .turbo node_modules packages/*/node_modules e2e/node_modules evaluation/node_modules \
    tooling/node_modules \
  && pnpm install --offline --frozen-lockfile --prod --filter '@netzwerkdiakonie/server...'

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app ./
# Without DATABASE_URL the embedded PostgreSQL keeps its data here.
RUN mkdir --mode=700 /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "packages/server/src/main.ts"]
