/** What the acts on a message say; fetched with them. */
export const messageTexts = {
  options: 'Message options',
  react: (emoji: string) => `React with ${emoji}`,
  reacted: (emoji: string, count: number) => `${emoji}, ${count}`,
  reply: 'Reply',
  copy: 'Copy',
  edit: 'Edit',
  delete: 'Delete',
  sure: 'Delete for everyone?',
  edited: 'Edited',
  deleted: 'Message deleted',
  earlier: 'An earlier message',
  editing: 'Editing',
  replying: 'Replying to',
  cancel: 'Cancel',
  refused: 'That could not be changed any more.',
  typing: (name: string) => (name ? `${name} is typing…` : 'Typing…'),
}
