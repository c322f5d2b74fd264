import type { Hono } from 'hono'
import { openAPIRouteHandler } from 'hono-openapi'
import type { AppEnv } from './http/app-env.js'

/** The reference of the API as OpenAPI 3.1, made from the schemas that check the requests. */
export const openApi = (app: Hono<AppEnv>, version: string) =>
  openAPIRouteHandler(app, {
    documentation: {
      openapi: '3.1.0',
      info: {
        title: 'Parley',
        version,
        description:
          'Live chat: visitors and agents. Truth is here; realtime only hints. Errors are `application/problem+json` with a `code`.',
      },
      components: {
        securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      },
    },
    exclude: [/^\/(?!v1\/)/, '/v1/openapi.json'],
    excludeStaticFile: true,
    defaultValidationErrorResponse: false,
  })
