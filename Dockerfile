# The production image: Node 24 of its own, production packages only, no install scripts, not root.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json package-lock.json LICENSE ./
COPY src ./src
RUN rm -rf src/sandbox src/tools/app-package src/tools/package.ts \
  && install -d -o node -g node -m 0700 data
USER node
EXPOSE 3978
# The embedded database, unless DATABASE_URL names a PostgreSQL.
VOLUME /app/data
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The variables come from the container's environment. Node itself is process 1, so that it gets the signals that make it drain.
CMD ["node", "src/main.ts"]
