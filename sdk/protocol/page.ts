export const MAX_PAGE_URL_CHARS = 2_000
export const MAX_PAGE_TITLE_CHARS = 200

/** Where on a site a visitor is. */
export interface PageStep {
  /** `http` or `https`; query and fragment are not kept. */
  url: string
  title: string
}

/** A step that is kept; of a contact the last twenty are. */
export interface PageVisit extends PageStep {
  at: string
}
