// Listeners by the name of what they listen for.
//
// Rule: a listener that throws harms nobody else: the others are told, and the error is reported as any uncaught one.
export class Emitter<Events> {
  private readonly listeners = new Map<keyof Events, Set<(event: never) => void>>()

  /** Listen; the function that is given back ends it. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void {
    // An own function each time, so that the same listener may be there twice.
    const heard = (event: Events[Name]) => listener(event)
    const those = this.listeners.get(name) ?? new Set()
    this.listeners.set(name, those.add(heard))
    return () => void those.delete(heard)
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const listener of [...(this.listeners.get(name) ?? [])] as ((event: Events[Name]) => void)[]) {
      try {
        listener(event)
      } catch (error) {
        setTimeout(() => {
          throw error
        })
      }
    }
  }
}
