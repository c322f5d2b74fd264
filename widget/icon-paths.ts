// Drawn on a field of 24 by 24, as strokes; apart, because the loader takes only two of them.
export const bubble = 'M4 20l1-5a8 8 0 1 1 4 4z'
export const down = 'M6 9.5l6 6 6-6'
export const back = 'M14.5 6l-6 6 6 6'
export const save = 'M12 4v11M7 11l5 5 5-5M5 20h14'
export const send = 'M12 19V5.5M6 11l6-6 6 6'
export const clock = 'M12 7v5l3 2M12 3a9 9 0 1 0 .01 0'
export const alert = 'M12 7.5v5.5M12 16.5v.01M12 3a9 9 0 1 0 .01 0'
