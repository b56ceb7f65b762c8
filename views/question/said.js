// What is said to a question so far: the answer that the server has, what is on its way there, what is only typed; and
// what is to be told about it.

class Said {
  constructor(page) {
    this.page = page;
    this.drafts = page.drafts;
    this.saving = page.saving;
  }

  answer(id) {
    return this.page.told.answers[id] ?? { typed: "", state: "open", base: 0 };
  }

  isOpen(id) {
    const waits = this.saving.pending(id, "value");
    if (waits && !this.page.refused.has(id)) return waits.typed === "";
    return this.answer(id).state === "open";
  }

  /** Whether everybody answers a question alone just now. */
  alone(id) {
    const running = this.page.client.room.facts?.assessing;
    return running?.state === "open" && running.question === id;
  }

  draftKey(id) {
    return this.alone(id) ? `alone:${this.page.client.room.facts.assessing.round}:${id}` : id;
  }

  savedText(id) {
    if (!this.alone(id)) return this.answer(id).typed;
    return this.page.told.round?.question === id ? (this.page.told.round.own ?? "") : "";
  }

  textOf(id) {
    const draft = this.drafts.get(this.draftKey(id));
    return draft?.typed ?? this.saving.pending(id, this.alone(id) ? "reply" : "value")?.typed ?? this.savedText(id);
  }

  /** What is typed and not saved, which the advice is to count in; never what is for nobody's eyes. */
  draftText(id) {
    return this.alone(id) ? null : (this.drafts.get(id)?.typed ?? null);
  }

  sureOf(id) {
    const waits = this.saving.pending(id, "state")?.typed;
    const { state } = this.answer(id);
    return this.drafts.get(id)?.sure ?? waits ?? (state === "assumed" ? "assumed" : "decided");
  }

  /** Whether what is shown of the advice is older than what is typed. */
  get isAhead() {
    const id = this.page.path.current;
    const found = this.page.told.with;
    const typed = id === null ? null : this.draftText(id);
    return typed !== null && (found?.question !== id || found.typed !== typed);
  }

  problemOf(id) {
    if (this.page.card.asking) return { text: this.page.card.asking, hint: true };
    const refused = this.page.refused.get(id);
    if (refused && refused.code !== "stale") return { text: refused.message, hint: false };
    const found = this.page.told.with;
    const same = found?.question === id && found.typed !== null && found.typed === this.draftText(id);
    if (same && found.refused) return { text: found.refused, hint: !this.page.card.judged };
    return { text: same ? (found.reads ?? "") : "", hint: true };
  }

  /** Both answers, where somebody else has given one since mine was begun. */
  clashOf(id) {
    const draft = this.drafts.get(id);
    const { base, typed, printed } = this.answer(id);
    if (this.alone(id) || !draft || draft.typed === typed) return null;
    const stale = this.page.refused.get(id)?.code === "stale";
    if (!stale && base <= draft.base) return null;
    return { who: this.nameOf(this.page.authors.get(id)), theirs: printed ?? "no answer", mine: this.wordsOf(id, draft.typed) };
  }

  wordsOf(id, typed) {
    const { options, kind } = this.page.data.questions[id];
    if (!typed) return "no answer";
    return kind === "choice" ? (options.find((option) => option.id === typed)?.title ?? typed) : typed;
  }

  nameOf(author) {
    if (!author || this.page.client.room.facts?.hide_authors) return "";
    return this.page.client.people.find(({ id }) => id === author)?.name ?? "";
  }
}
