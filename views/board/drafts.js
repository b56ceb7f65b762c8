// Half-typed text. Written at every keystroke, gone when it is saved or given up, back after reload or a crash.
// Kept twice: this tab's own storage decides what opens again here; the browser's storage covers a closed tab.

const CLAIM_WITHIN_MS = 250;

class Drafts {
  constructor(workshop) {
    this.prefix = `${STORAGE_PREFIX}:draft:${workshop}:`;
    // Tabs tell each other which drafts are open in front of somebody, so that a second tab does not open them too.
    this.channel = globalThis.BroadcastChannel ? new BroadcastChannel(this.prefix) : null;
    this.tab = randomId(8);
    this.isOpen = () => false;
    this.onClaimed = () => {};
    if (this.channel) this.channel.onmessage = (message) => this.hear(message.data);
  }

  keep(draft) {
    kept.write("sessionStorage", this.prefix + draft.id, draft);
    return kept.write("localStorage", this.prefix + draft.id, draft);
  }

  drop(id) {
    kept.remove("sessionStorage", this.prefix + id);
    kept.remove("localStorage", this.prefix + id);
  }

  /** Return the drafts of this tab, oldest first. */
  own() {
    return kept.all("sessionStorage", this.prefix).sort((a, b) => a.at - b.at);
  }

  /** Take a draft out of this tab alone: another one has it open. */
  leave(id) {
    kept.remove("sessionStorage", this.prefix + id);
  }

  /** Return, after a moment, the drafts of tabs that are gone. A tab too busy to claim its own in time does so later. */
  async orphans() {
    const own = new Set(this.own().map((draft) => draft.id));
    const others = kept.all("localStorage", this.prefix).filter((draft) => !own.has(draft.id));
    if (!others.length) return [];
    this.claimed = new Set();
    this.channel?.postMessage({ ask: others.map((draft) => draft.id), by: this.tab });
    await new Promise((resolve) => setTimeout(resolve, CLAIM_WITHIN_MS));
    return others.filter((draft) => !this.claimed.has(draft.id)).sort((a, b) => a.at - b.at);
  }

  hear({ ask, by, mine, to }) {
    if (to === this.tab) for (const id of mine) this.claim(id);
    const open = (ask ?? []).filter((id) => this.isOpen(id));
    if (open.length) this.channel.postMessage({ mine: open, to: by });
  }

  claim(id) {
    this.claimed.add(id);
    this.onClaimed(id);
  }

  close() {
    this.channel?.close();
  }
}
