/** Two notes: frequency in Hz, and when they begin, in seconds. */
const NOTES = [
  [660, 0],
  [880, 0.12],
] as const
const LOUDNESS = 0.08
const NOTE_S = 0.3

let context: AudioContext | null = null

/** A short sound, made here; none before the visitor has touched the page, as browsers would refuse it. */
export async function chime(): Promise<void> {
  if (!(navigator.userActivation?.hasBeenActive ?? true)) return
  context ??= new AudioContext()
  if (context.state === 'suspended') await context.resume()
  for (const [frequency, at] of NOTES) {
    const begin = context.currentTime + at
    const loudness = context.createGain()
    loudness.gain.setValueAtTime(LOUDNESS, begin)
    loudness.gain.exponentialRampToValueAtTime(0.001, begin + NOTE_S)
    const note = new OscillatorNode(context, { frequency })
    note.connect(loudness).connect(context.destination)
    note.start(begin)
    note.stop(begin + NOTE_S)
  }
}
