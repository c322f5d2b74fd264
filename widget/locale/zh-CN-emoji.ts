// Translated by people of the emoji-mart project (MIT).
export { default as emojiTexts } from '@emoji-mart/data/i18n/zh.json'
