// Changes that the server did not take, and reasons that came too late. Each stays with its slot, with what it was and the
// ways on, until its person has decided: nothing that somebody typed goes away without a word.

class DecideRefusals {
  constructor(page) {
    this.page = page;
    this.open = new Map();
  }

  /** Take a refused batch. When one draft of several is to blame, the others are asked for again without it. */
  take({ entry, parts = [], failed, code, message }) {
    this.page.model.refused(parts.map(({ op_id }) => op_id));
    if (!entry || this.page.readOnly || entry.frame.ops.some(({ t }) => t === "undo")) {
      this.page.toasts.show(message);
      return this.page.changed();
    }
    const slots = [...new Set(parts.map(({ item }) => item.slice(DRAFT.length)))];
    const blamed = parts.find(({ op_id }) => op_id === failed)?.item.slice(DRAFT.length);
    if (slots.length > 1 && blamed) return this.others(parts, blamed, message);
    for (const slot of slots) this.keep(slot, parts, { code, message });
    this.page.changed();
  }

  others(parts, blamed, message) {
    const rest = new Map();
    for (const { item, prop, value } of parts) {
      const slot = item.slice(DRAFT.length);
      if (slot !== blamed) rest.set(slot, { ...rest.get(slot), [prop]: value });
    }
    this.page.actions.send([...rest]);
    this.page.toasts.show(`${this.page.titleOf(blamed)}: ${message} It stays as it is.`);
  }

  keep(slot, parts, { code, message }) {
    const of = parts.filter(({ item }) => item === DRAFT + slot);
    const asked = Object.fromEntries(of.map(({ prop, value }) => [prop, value]));
    const { reasons } = this.page;
    if (asked.because && !reasons.get(slot)) {
      const choice = asked.choice ?? this.page.model.slot(slot).draft?.choice ?? null;
      reasons.keep(slot, { text: asked.because, choice, base: this.page.model.bases(slot, ["because"]).because });
    }
    this.open.set(slot, { code, message, asked });
    const words = `${this.page.titleOf(slot)}: ${message}`;
    if (slot === this.page.current) this.page.say(words);
    else this.page.toasts.show(words, { label: "Show", run: () => this.page.open(slot, { focus: true }) });
  }

  settle(slot) {
    this.open.delete(slot);
  }

  /** Return the box of a slot, or null: why something was not saved, what it was, and the ways on. */
  box(slot) {
    const refused = this.open.get(slot);
    const typed = this.page.reasons.get(slot);
    const { draft } = this.page.model.slot(slot);
    if (!draft && typed?.text) return this.late(slot, typed);
    if (refused) return this.faster(slot, refused);
    if (this.elsewhere(slot)) return this.anotherChoice(slot, typed, draft);
    return typed && draft ? this.anotherReason(slot, typed, draft) : null;
  }

  who(slot, prop) {
    return this.page.model.slots.get(slot).who[prop]?.name || "Somebody else";
  }

  /** The draft is gone while its reason was written. */
  late(slot, typed) {
    const { record } = this.page.model.slot(slot);
    const choice = typed.choice ?? record?.choice;
    const what = record ? `recorded this decision while you wrote: ${record.said ?? this.page.choiceTitle(record.choice)}` : "recorded this decision or took the drafted choice back while you wrote";
    const again = () => {
      this.settle(slot);
      this.page.reasons.drop(slot);
      const changes = { choice, drivers: this.page.model.drivers(slot, choice), because: typed.text };
      this.page.actions.send([[slot, changes]]);
    };
    const go = () => {
      this.settle(slot);
      this.page.reasons.drop(slot);
    };
    const ways = choice ? [["Draft it again with my reason", again], ["Let it go", go]] : [["Let it go", go]];
    return this.group(slot, [`Somebody else ${what}. Your reason is not saved:`, typed.text], ways);
  }

  /** Somebody else was faster with this draft, or the change could not be. */
  faster(slot, { code, message, asked }) {
    const { draft } = this.page.model.slot(slot);
    if (code !== "stale") return this.group(slot, [message], [["Go on", () => this.settle(slot)]]);
    const stands = draft ? this.page.choiceTitle(draft.choice) : "no draft";
    const mine = [asked.choice && this.page.choiceTitle(asked.choice), asked.because && `“${asked.because}”`].filter(Boolean);
    const again = () => {
      this.settle(slot);
      const { record, ...changes } = asked;
      if (asked.because) this.page.reasons.drop(slot);
      this.page.actions.send([[slot, changes]]);
    };
    const leave = () => {
      this.settle(slot);
      if (asked.because === this.page.reasons.get(slot)?.text) this.page.reasons.drop(slot);
    };
    const lines = [`${this.who(slot, "choice")} was faster: ${stands} stands.`, `Yours was not saved: ${mine.join(", ") || "what stands beside it"}`];
    return this.group(slot, lines, [["Keep mine", again], ["Keep theirs", leave]]);
  }

  /** Whether somebody else has chosen another option than the one that my typed reason is for. */
  elsewhere(slot) {
    const typed = this.page.reasons.get(slot);
    const { draft } = this.page.model.slot(slot);
    return Boolean(typed?.text && typed.choice && draft && typed.choice !== draft.choice && !this.page.model.slots.get(slot).who.choice?.mine);
  }

  anotherChoice(slot, typed, draft) {
    const [was, now] = [typed.choice, draft.choice].map((choice) => this.page.choiceTitle(choice));
    const mine = () => {
      this.page.reasons.drop(slot);
      this.page.actions.send([[slot, { choice: typed.choice, drivers: this.page.model.drivers(slot, typed.choice), because: typed.text }]]);
    };
    const moved = () => this.page.reasons.keep(slot, { ...typed, choice: draft.choice });
    const lines = [`${this.who(slot, "choice")} chose ${now} while you wrote why ${was}. Your reason is not saved:`, typed.text];
    return this.group(slot, lines, [[`Choose ${was}`, mine], [`Use it for ${now}`, moved], ["Let it go", () => this.page.reasons.drop(slot)]]);
  }

  /** Somebody else has saved a reason while mine is typed. */
  anotherReason(slot, typed, draft) {
    const { seqs, who } = this.page.model.slots.get(slot);
    if (seqs.because <= typed.base || who.because?.mine || !draft.because || draft.because === typed.text) return null;
    const mine = () => this.page.reasons.keep(slot, { ...typed, base: seqs.because });
    const theirs = () => this.page.reasons.drop(slot);
    return this.group(slot, [`${this.who(slot, "because")} wrote meanwhile: “${draft.because}”`], [["Keep mine", mine], ["Take theirs", theirs]]);
  }

  group(slot, lines, ways) {
    const done = (run) => () => {
      run();
      this.page.redraw();
      this.page.question.focus();
    };
    const buttons = ways.map(([text, run]) => el("button", { type: "button", class: "btn", text, on: { click: done(run) } }));
    const words = lines.map((text) => el("p", { dir: "auto", text }));
    return el("div", { class: "refused", role: "group", "aria-label": `Not saved: ${this.page.titleOf(slot)}` }, ...words, ...buttons);
  }
}
