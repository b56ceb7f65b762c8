// What a person does to decisions, each as one change; what can be taken back is one step. What is drawn is elsewhere.

class DecideActions {
  constructor(page) {
    this.page = page;
    this.client = page.client;
    this.model = page.model;
  }

  part(slot, changes) {
    const props = Object.keys(changes);
    return { item: DRAFT + slot, changes, bases: this.model.bases(slot, props), before: this.model.before(slot, props) };
  }

  /** Send changes of several drafts, given as [[slot, changes], ...], as one step. */
  send(parts) {
    if (!parts.length || this.page.readOnly) return;
    this.model.sent(this.client.changeItems(parts.map(([slot, changes]) => this.part(slot, changes))));
    this.page.changed();
  }

  /** Draft a choice with the options that were on the screen. What was recorded beside it is said again with it. */
  choose(slot, choice, looked) {
    const { draft, record } = this.model.slot(slot);
    if (this.page.readOnly || draft?.choice === choice) return;
    const again = !draft && record?.choice === choice ? record : {};
    const changes = { choice, options: looked.filter((other) => other !== choice), drivers: this.model.drivers(slot, choice) };
    if (again.like) changes.like = again.like;
    if (again.beside?.length) changes.beside = again.beside;
    this.page.refusals.settle(slot);
    this.send([[slot, changes]]);
    this.page.say(`${this.page.titleOf(slot)}: ${this.page.choiceTitle(choice)}, a draft.`);
  }

  takeBack(slot) {
    this.send([[slot, { choice: null, options: null, drivers: null }]]);
    this.page.say(`${this.page.titleOf(slot)}: the draft was taken back.`);
  }

  saveReason(slot, text) {
    this.send([[slot, { because: text || null }]]);
  }

  setLike(slot, like) {
    this.send([[slot, { like }]]);
  }

  setBeside(slot, beside) {
    this.send([[slot, { beside: beside.length ? beside : null }]]);
  }

  /** Record a draft as it is shown, with its reason: if somebody has changed it meanwhile, nothing is recorded. */
  record(slot, because, how) {
    const { choice } = this.model.slot(slot).draft;
    const part = this.part(slot, { choice, because });
    this.page.refusals.settle(slot);
    this.page.reasons.drop(slot);
    this.model.sent(this.client.recordItem(part, how));
    this.page.changed();
    const as = how.status === "accepted" ? "recorded" : `recorded as ${how.status}`;
    this.page.say(`${this.page.titleOf(slot)}: ${this.page.choiceTitle(choice)}, ${as}.`);
  }

  /** Return what can be drafted as advised now: what is open still, as the advice stood last. */
  get advised() {
    return (this.model.told?.advised.drafts ?? []).filter(({ slot }) => this.model.state(slot) === "open");
  }

  draftAdvised() {
    const drafts = this.advised;
    this.send(drafts.map(({ slot, choice, options, drivers }) => [slot, { choice, options, drivers, advised: true }]));
    const words = `${plural(drafts.length, "draft")} made as advised, marked as such. Nothing is recorded.`;
    this.page.toasts.show(words, { label: "Undo", run: () => this.undo() });
  }

  /** Take back my last step, however many drafts it changed. */
  undo() {
    const taken = this.page.readOnly ? null : this.client.undo(null, "draft");
    if (!taken) return this.page.say("Nothing of yours to take back. A record stays for ever; another one can replace it.");
    this.model.sent(taken);
    this.page.changed();
    const slots = [...new Set(taken.map(({ effect }) => effect.item.slice(DRAFT.length)))];
    this.page.say(slots.length === 1 ? `Taken back: ${this.page.titleOf(slots[0])}.` : `Taken back: ${slots.length} drafts.`);
    if (slots.length === 1) this.page.open(slots[0]);
  }
}
