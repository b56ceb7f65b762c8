// Single keys of the leader's bar. They work only while the bar has the focus, so that nobody who writes or who speaks
// to their computer sets one off, and whoever does not want them switches them off; this browser remembers it.

const KEYS_OFF = `${STORAGE_PREFIX}:bar-keys-off`;
const KEYS_HINT = "Space pauses, [ goes back, ] goes on.";

class Shortcuts {
  constructor(bar, lead) {
    this.bar = bar;
    this.lead = lead;
    bar.addEventListener("keydown", (event) => this.press(event));
  }

  get on() {
    return kept.read("localStorage", KEYS_OFF) !== true;
  }

  switch(on) {
    if (on) kept.remove("localStorage", KEYS_OFF);
    else kept.write("localStorage", KEYS_OFF, true);
  }

  press(event) {
    const { target, repeat, isComposing, ctrlKey, metaKey, altKey } = event;
    // On many keyboards the brackets are made with AltGr, which some systems report as Ctrl and Alt.
    const modified = (ctrlKey || metaKey || altKey) && !event.getModifierState("AltGraph");
    if (!this.on || repeat || isComposing || modified || target.matches("input, select, textarea")) return;
    const act = this.act(event.key, target);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /** Return what a key does; the space bar on a button presses that button, as everywhere. */
  act(key, target) {
    if (key === "[") return () => this.lead.back();
    if (key === "]") return () => this.lead.forward();
    const pauses = key === " " && target === this.bar && this.lead.client.room.secondsLeft() !== null;
    return pauses ? () => this.lead.pause() : null;
  }
}
