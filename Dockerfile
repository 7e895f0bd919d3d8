# One image for the worker, the API and the one-shot jobs; docker-compose.yml says which it is.
FROM node:22-bookworm-slim AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

FROM modules AS build
COPY . .
RUN npm run build

FROM modules AS production-modules
RUN npm prune --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=production-modules /app/package.json ./
COPY --from=production-modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/web/dist ./web/dist
USER node
CMD ["node", "--enable-source-maps", "dist/api/main.js"]
