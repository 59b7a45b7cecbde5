# The production image: Node 24 of its own and the bundle; no packages but those whose files are read, no install scripts, not root.
FROM node:24-bookworm-slim AS bundle
# As the user that runs it: Node keeps what it compiles for each user and each set of flags, which differ by the database.
RUN install -d -o node -g node /app
USER node
WORKDIR /app
COPY --chown=node:node package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# What it is made of, CycloneDX; read from the lockfile alone.
RUN npm run --silent sbom > sbom.cdx.json
COPY --chown=node:node src ./src
# Without settings the bot only says what is missing; what Node has compiled by then is kept for each start.
RUN node src/tools/build.cjs --image \
  && { DATABASE_URL=postgres:// node --max-semi-space-size=4 dist/start.js 2>/dev/null || test -d dist/compiled; } \
  && { node --max-semi-space-size=4 dist/start.js 2>/dev/null || test "$(ls dist/compiled | wc -l)" = 2; } \
  && chmod -R a+rX dist/compiled

FROM node:24-bookworm-slim
# The allocator gives memory back once a large file has passed, which it keeps otherwise.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
# None of it belongs to who runs it.
COPY --from=bundle /app/node_modules/@electric-sql/pglite ./node_modules/@electric-sql/pglite
COPY --from=bundle /app/node_modules/@microsoft/teams-js ./node_modules/@microsoft/teams-js
COPY --from=bundle /app/node_modules/adaptivecards ./node_modules/adaptivecards
COPY --from=bundle /app/dist ./dist
COPY --from=bundle /app/package.json /app/sbom.cdx.json ./
COPY LICENSE ./
RUN install -d -o node -g node -m 0700 data
USER node
EXPOSE 3978
# The embedded database, unless DATABASE_URL names a PostgreSQL.
VOLUME /app/data
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The variables come from the container's environment. Node itself is process 1, so that it gets the signals that make it drain.
CMD ["node", "--max-semi-space-size=4", "dist/start.js"]
