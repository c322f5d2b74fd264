import { z } from 'zod'
import { MAX_RATING, MAX_RATING_COMMENT_CHARS, type RatingRequest } from '../../sdk/protocol/index.js'
import { anyText } from '../http/plain-text.js'
import type { ShapeOf } from '../http/shapes.js'

export const ratingRequest = z
  .object({
    idempotencyKey: z.uuid(),
    score: z.int().min(1).max(MAX_RATING),
    comment: anyText(MAX_RATING_COMMENT_CHARS).optional(),
  } satisfies ShapeOf<RatingRequest>)
  .meta({ id: 'RatingRequest' })
