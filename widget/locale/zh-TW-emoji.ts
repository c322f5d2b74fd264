// Translated by machine, not yet reviewed by a native speaker.
import type { EmojiTexts } from './emoji-texts.js'

export const emojiTexts: EmojiTexts = {
  search: '搜尋',
  search_no_results_1: '糟糕！',
  search_no_results_2: '找不到這個表情符號',
  pick: '選擇表情符號…',
  add_custom: '新增自訂表情符號',
  categories: {
    activity: '活動',
    custom: '自訂',
    flags: '旗幟',
    foods: '食物與飲料',
    frequent: '常用',
    nature: '動物與自然',
    objects: '物品',
    people: '表情與人物',
    places: '旅遊與地點',
    search: '搜尋結果',
    symbols: '符號',
  },
  skins: {
    choose: '選擇預設膚色',
    '1': '預設',
    '2': '淺色',
    '3': '中淺色',
    '4': '中等',
    '5': '中深色',
    '6': '深色',
  },
}
