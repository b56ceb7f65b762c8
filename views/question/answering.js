// What people do with the question that is shown: type or choose, say how sure they are, save; and what comes of it.

class Answering {
  constructor(page) {
    this.page = page;
    this.drafts = page.drafts;
    this.saving = page.saving;
    this.said = page.said;
    // What is saved and waits to be read, before the next question comes.
    this.held = null;
  }

  typed(id, typed) {
    const key = this.said.draftKey(id);
    const before = this.drafts.get(key);
    this.page.refused.delete(id);
    if (typed === this.said.savedText(id) && !before?.sure && !this.said.clashOf(id)) this.drafts.drop(key);
    else this.drafts.set(key, { ...before, typed, base: before?.base ?? this.said.answer(id).base });
    this.page.card.judged = false;
    this.page.card.asking = "";
    this.page.redraw();
    this.saving.rest();
  }

  reasonTyped(text) {
    this.page.reasons.set(this.page.path.current, text);
  }

  setSure(sure) {
    const id = this.page.path.current;
    const draft = this.drafts.get(id);
    if (draft) this.drafts.set(id, { ...draft, sure });
    else {
      this.saving.add("state", id, sure, { base: this.said.answer(id).stateBase });
      this.saving.ask();
    }
    this.page.redraw();
  }

  /** Save what is typed and go on. A number waits until it is read, so that what is wrong with it is seen with it. */
  save() {
    const id = this.page.path.current;
    if (id === null) return;
    const draft = this.drafts.get(this.said.draftKey(id));
    if (this.held?.id === id) return;
    if (!draft && !this.page.readOnly && this.said.textOf(id) === "" && (this.said.isOpen(id) || this.said.alone(id))) return this.page.card.ask("Answer first, or skip.");
    if (this.page.readOnly || !draft) return this.page.goOn({ saved: false });
    if (this.said.clashOf(id)) return this.page.say("Somebody else answered this meanwhile. Choose below whose answer stands.");
    this.page.refused.delete(id);
    const found = this.page.told.with;
    const known = found?.question === id && found.typed === draft.typed;
    if (known && found.refused && !this.said.alone(id)) return this.page.card.judge() ?? this.page.say(found.refused);
    const wasOpen = this.said.answer(id).state === "open";
    const saveId = this.send(id, draft);
    const unread = this.page.data.questions[id].kind === "number" && draft.typed !== "" && !(known && found.printed);
    if (unread || this.said.alone(id)) this.held = { id, saveId, wasOpen };
    else this.page.goOn({ saved: true, wasOpen });
    this.saving.ask();
    this.page.redraw();
  }

  /** Queue an answer, and how sure it is where that is said with it. Returns the id of the first. */
  send(id, { typed, base, sure }, over = false) {
    if (this.said.alone(id)) return this.saving.add("reply", id, typed, { key: this.said.draftKey(id) });
    const saveId = this.saving.add("value", id, typed, { base, over });
    const { state, stateBase } = this.said.answer(id);
    if (sure && typed !== "" && sure !== state) this.saving.add("state", id, sure, { base: stateBase ?? 0, over: true });
    return saveId;
  }

  /** Act on a question in one step: take what somebody said, or say that it does apply. */
  act(kind, typed) {
    this.saving.add(kind, this.page.path.current, typed);
    if (kind === "take") this.drafts.drop(this.page.path.current);
    this.saving.ask();
  }

  sayAbsent(reason) {
    if (!reason.trim()) return this.page.say("Say why it does not apply first.") ?? this.page.card.below.reason.focus();
    this.saving.add("absent", this.page.path.current, reason);
    this.saving.ask();
  }

  askAlone() {
    this.page.client.set("room:", "assessing", { state: "open", question: this.page.path.current });
  }

  keepMine() {
    const id = this.page.path.current;
    const draft = this.drafts.get(id);
    this.page.refused.delete(id);
    this.drafts.set(id, { ...draft, base: this.said.answer(id).base });
    this.send(id, draft, true);
    this.saving.ask();
    this.page.redraw();
    this.page.card.focus();
  }

  takeTheirs() {
    const id = this.page.path.current;
    this.drafts.drop(id);
    this.page.refused.delete(id);
    this.page.redraw();
    this.saving.rest();
    this.page.card.focus();
  }

  settled(save, refused) {
    const { question: id, kind } = save;
    const held = this.held?.saveId === save.id ? this.held : null;
    if (held) this.held = null;
    if (!refused) {
      this.accepted(save);
      if (held && this.page.path.current === id && kind === "value") this.page.goOn({ saved: true, wasOpen: held.wasOpen });
      return;
    }
    if (kind === "value" || kind === "reply") this.page.refused.set(id, refused);
    if (held || this.page.path.current === id) return this.page.say(refused.message) ?? (kind === "value" || kind === "reply" ? null : this.page.toasts.show(refused.message));
    const title = this.page.data.questions[id].title;
    this.page.toasts.show(`"${title}" was not saved: ${refused.message}`, { label: "Go there", run: () => this.page.go(id) });
  }

  accepted({ kind, question: id, typed, key = id }) {
    if (kind === "absent") this.page.reasons.delete(id);
    // Who types on while it is saved keeps that.
    const draft = ["value", "reply"].includes(kind) ? this.drafts.get(key) : null;
    if (draft?.typed === typed) this.drafts.drop(key);
    else if (draft) this.drafts.set(key, { ...draft, base: this.said.answer(id).base });
    if (kind === "take") this.page.toasts.show("Taken as the answer.");
  }

  /** What is kept here and saved by now, from another tab or before a reload, is no draft any more. */
  dropEqualDrafts() {
    for (const [key, { typed, sure }] of [...this.drafts.all]) {
      if (key in this.page.told.answers && !sure && typed === this.said.answer(key).typed && !this.saving.pending(key, "value")) this.drafts.drop(key);
    }
  }
}
