/** Drizzle's mirror of the tables in `migrations/`, for reading; SQL is the truth and a test compares the two. */
export * from './schema-people.js'
export * from './schema-conversations.js'
export * from './schema-sign-in.js'
