// What a person does to answers, each as one change that can be taken back as one step. What is drawn is elsewhere.

const NOT_APPLICABLE = "not-applicable";

class AnswerActions {
  constructor(sheet) {
    this.sheet = sheet;
    this.client = sheet.client;
    this.model = sheet.model;
  }

  /** Return what makes `choice` the answer to a practice; null takes the answer away. */
  changes(id, choice, reason = null) {
    if (choice === null) return { deleted: true };
    const revision = this.sheet.data.practices[id].revision;
    // The first revision goes without saying.
    const asked = { deleted: null, revision: revision > 1 ? revision : null };
    if (choice === NOT_APPLICABLE) return { ...asked, value: null, state: choice, reason };
    if (choice === "unknown") return { ...asked, value: null, state: choice };
    return { ...asked, value: choice, state: "answered" };
  }

  part(id, changes) {
    const props = Object.keys(changes);
    return { item: ANSWER + id, changes, bases: this.model.bases(id, props), before: this.model.before(id, props) };
  }

  /** Send changes of several practices, given as [[id, changes], ...], as one step. */
  send(parts) {
    if (!parts.length || this.sheet.readOnly) return;
    for (const [id] of parts) this.sheet.refusals.settle(id);
    this.client.changeItems(parts.map(([id, changes]) => this.part(id, changes)));
    this.sheet.answered(parts.map(([id]) => id));
  }

  /** Give an answer. What does not apply waits for its reason; then this returns false. */
  give(id, choice) {
    if (this.sheet.readOnly || this.model.choice(id) === choice) return true;
    if (choice === NOT_APPLICABLE) return false;
    this.send([[id, this.changes(id, choice)]]);
    this.sheet.say(`${this.sheet.titleOf(id)}: ${choice === null ? "no answer" : this.sheet.wordOf(choice)}.`);
    return true;
  }

  giveReason(id, reason) {
    this.send([[id, this.changes(id, NOT_APPLICABLE, reason)]]);
    this.sheet.say(`${this.sheet.titleOf(id)}: ${this.sheet.wordOf(NOT_APPLICABLE)}.`);
  }

  /** Take the board's word for practices that nobody has answered, with the places where it was read off. */
  accept(ids) {
    const open = ids.filter((id) => this.sheet.suggestionOf(id));
    this.send(
      open.map((id) => {
        const { value, hints } = this.sheet.suggestionOf(id);
        return [id, { ...this.changes(id, value), evidence: placesOf(value, hints) }];
      }),
    );
    if (open.length === 1) this.sheet.say(`${this.sheet.titleOf(open[0])}: ${this.sheet.wordOf(this.model.choice(open[0]))}.`);
    else if (open.length) this.sheet.say(`${plural(open.length, "suggestion")} accepted.`);
  }

  dontKnow(ids) {
    const open = ids.filter((id) => this.model.choice(id) === null);
    this.send(open.map((id) => [id, this.changes(id, "unknown")]));
    this.sheet.say(`${this.sheet.wordOf("unknown")} for ${plural(open.length, "practice")}.`);
  }

  addEvidence(id, ref) {
    this.setEvidence(id, [...this.model.answer(id).evidence, { ref, seen_on: this.sheet.today }]);
  }

  setEvidence(id, evidence) {
    this.send([[id, { evidence }]]);
  }

  stillTrue(id) {
    this.send([[id, { revision: this.sheet.data.practices[id].revision }]]);
  }

  /** Take back my last step, however many answers it gave. */
  undo() {
    const taken = this.sheet.readOnly ? null : this.client.undo(null, "answer");
    if (!taken) return this.sheet.say("Nothing of yours to take back.");
    const ids = [...new Set(taken.map(({ effect }) => effect.item.slice(ANSWER.length)))];
    this.sheet.answered(ids);
    this.sheet.say(ids.length === 1 ? `Taken back: ${this.sheet.titleOf(ids[0])}.` : `Taken back: ${ids.length} answers.`);
    return ids;
  }
}

/** Return the places that say an answer as hints: what really backs it is still to be added. */
function placesOf(value, hints) {
  const places = hints.filter((hint) => hint.value === value).flatMap((hint) => hint.places);
  return [...new Set(places)].map((place) => ({ ref: Array.from(place).slice(0, LONGEST_PIECE).join("").trim(), hint: true }));
}
