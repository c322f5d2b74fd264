// Translated by machine, not yet reviewed by a native speaker.
import type { EmojiTexts } from './emoji-texts.js'

export const emojiTexts: EmojiTexts = {
  rtl: true,
  search: 'חיפוש',
  search_no_results_1: 'אוי לא!',
  search_no_results_2: 'האמוג׳י הזה לא נמצא',
  pick: 'בחירת אמוג׳י…',
  add_custom: 'הוספת אמוג׳י מותאם אישית',
  categories: {
    activity: 'פעילויות',
    custom: 'מותאמים אישית',
    flags: 'דגלים',
    foods: 'אוכל ושתייה',
    frequent: 'בשימוש תכוף',
    nature: 'בעלי חיים וטבע',
    objects: 'חפצים',
    people: 'סמיילים ואנשים',
    places: 'נסיעות ומקומות',
    search: 'תוצאות החיפוש',
    symbols: 'סמלים',
  },
  skins: {
    choose: 'בחירת גוון עור ברירת מחדל',
    '1': 'ברירת מחדל',
    '2': 'בהיר',
    '3': 'בהיר־בינוני',
    '4': 'בינוני',
    '5': 'כהה־בינוני',
    '6': 'כהה',
  },
}
