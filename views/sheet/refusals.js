// Changes that the server did not take. Each stays on its row with what it was, until its person answers mine again or
// leaves it: nothing that somebody typed goes away without a word.

class SheetRefusals {
  constructor(sheet) {
    this.sheet = sheet;
    this.open = new Map();
  }

  /** Take a refused batch. When one answer of several is to blame, the others are asked for again without it. */
  take({ entry, parts = [], failed, code, message }) {
    if (!entry || this.sheet.readOnly || entry.frame.ops.some(({ t }) => t === "undo")) return this.sheet.toasts.show(message);
    const items = itemsOf(entry, parts);
    const blamed = parts.find(({ op_id }) => op_id === failed)?.item;
    const others = code === "stale" && blamed ? items.filter(({ item }) => item !== blamed) : [];
    for (const refused of items) {
      if (!others.includes(refused)) this.keep(refused.item.slice(ANSWER.length), { code, message, ...refused });
    }
    if (others.length) this.sheet.client.changeItems(others);
    this.sheet.answered(items.map(({ item }) => item.slice(ANSWER.length)));
  }

  keep(id, refusal) {
    if (!(id in this.sheet.data.practices)) return this.sheet.toasts.show(refusal.message);
    const { changes, before } = this.open.get(id) ?? {};
    this.open.set(id, { ...refusal, changes: { ...changes, ...refusal.changes }, before: { ...refusal.before, ...before } });
    this.sheet.say(`${this.sheet.titleOf(id)}: ${this.words(id)}`);
  }

  settle(id) {
    this.open.delete(id);
  }

  get(id) {
    return this.open.get(id) ?? null;
  }

  /** Say why, and after a race whose answer stands. */
  words(id) {
    const { code, message } = this.open.get(id);
    if (code !== "stale") return message;
    const { choice, who } = this.sheet.model.answer(id);
    const name = this.sheet.nameOf(who);
    const stands = choice === null ? "no answer" : this.sheet.wordOf(choice);
    return `${name || "Somebody else"} was faster: "${stands}" stands.`;
  }

  /** Say what was refused, as its person would know it again. */
  mine(id) {
    const { changes, before } = this.open.get(id);
    const parts = [];
    if ("state" in changes || "deleted" in changes) {
      const choice = choiceOf({ ...changes, evidence: [] });
      parts.push(choice === null ? "no answer" : this.sheet.wordOf(choice));
    }
    if (changes.reason) parts.push(`"${changes.reason}"`);
    parts.push(...newPieces(changes, before).map(({ ref }) => `"${ref}"`));
    return parts.join(", ") || "a change of the evidence";
  }

  /** Make the change after all, now that both have been seen. */
  again(id) {
    const { changes, before } = this.open.get(id);
    this.open.delete(id);
    const anew = { ...changes };
    if (changes.evidence) {
      // Only my own pieces come and go; what others have added meanwhile stays.
      const kept = new Set(changes.evidence.map(({ ref }) => ref));
      const gone = new Set((before.evidence ?? []).map(({ ref }) => ref).filter((ref) => !kept.has(ref)));
      const present = this.sheet.model.answer(id).evidence.filter(({ ref }) => !gone.has(ref));
      anew.evidence = [...present, ...newPieces(changes, before)];
    }
    this.sheet.actions.send([[id, anew]]);
  }

  /** Return the box on the row: why, what mine was, and the two ways on. */
  box(id) {
    const act = (text, run, look) => el("button", { type: "button", class: look, text, on: { click: run } });
    const done = (run) => () => {
      run();
      this.sheet.redraw();
      this.sheet.list.focus(id);
    };
    return el(
      "div",
      { class: "refused", role: "group", "aria-label": `Not saved: ${this.sheet.titleOf(id)}` },
      el("p", { dir: "auto", text: this.words(id) }),
      el("p", { dir: "auto", text: `Yours was not saved: ${this.mine(id)}` }),
      act("Answer mine again", done(() => this.again(id)), "btn"),
      act("Leave it", done(() => this.settle(id)), "btn quiet"),
    );
  }
}

function newPieces({ evidence }, before) {
  const known = new Set((before.evidence ?? []).map(({ ref }) => ref));
  return (evidence ?? []).filter(({ ref }) => !known.has(ref));
}

/** Return the changes of a batch by item, each with what was seen of it when it was made. */
function itemsOf({ frame }, parts) {
  const bases = new Map(frame.ops.map(({ op_id, base }) => [op_id, base]));
  const found = new Map();
  for (const { op_id, item, prop, value, before } of parts) {
    if (!found.has(item)) found.set(item, { item, changes: {}, bases: {}, before: {} });
    const { changes, bases: seen, before: was } = found.get(item);
    [changes[prop], seen[prop], was[prop]] = [value, bases.get(op_id), before];
  }
  return [...found.values()];
}
