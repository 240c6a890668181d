# syntax=docker/dockerfile:1

# One image for all roles: `docker run … parity` serves and works (PARITY_ROLE tells which), `docker run … parity npm run setup`
# migrates. The environment is given at run time; none of it is in here.
FROM node:24-slim AS build
WORKDIR /app
# What installing needs: its last step generates the database client from the schema.
COPY .npmrc package.json package-lock.json prisma.config.ts ./
COPY prisma prisma
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/package.json /app/prisma.config.ts /app/server.mjs /app/tsconfig.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/prisma prisma
# `npm run setup`, `npm run schedule` and `npm run receiver:key` run from the sources.
COPY --from=build /app/scripts scripts
COPY --from=build /app/app app
COPY --from=build /app/build build
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, and no shell or npm before it, so that SIGTERM arrives and what is in hand is finished.
CMD ["node", "server.mjs"]
