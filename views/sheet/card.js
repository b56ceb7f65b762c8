// The whole practice below its answers: what two of them mean, why, how to verify, its evidence, why it does not apply,
// and what assessors had said. What is typed here stays while others change the answer.

const LONGEST_REASON = 2000;

class Card {
  constructor(sheet, id) {
    this.sheet = sheet;
    this.id = id;
    this.practice = sheet.data.practices[id];
    this.again = el("div", { class: "again" });
    this.hints = el("div", { class: "hints" });
    this.reason = this.reasonField();
    this.said = el("p", { class: "said", dir: "auto" });
    this.evidence = new EvidenceField(sheet, id);
    this.takeBack = el("button", { type: "button", class: "btn quiet", text: "Take this answer back", on: { click: () => this.empty() } });
    const terms = [
      this.term(sheet.shortOf("manual"), this.practice.manual),
      this.term(sheet.shortOf("automated"), this.practice.automated),
      this.term("Why", this.practice.why),
      this.term("How to verify", this.practice.verify),
      this.term("Evidence", this.evidence.root),
      this.term("Enough", this.practice.enough.join("; ")),
      this.term("Not enough", this.practice.notEnough.join("; ")),
    ];
    const foot = el("div", { class: "card-foot" }, el("span", { class: "blocks", text: this.practice.blocks }), this.takeBack);
    this.root = el("div", { class: "card" }, this.again, this.reasonForm, this.hints, this.said, el("dl", { class: "why" }, ...terms.flat()), foot);
  }

  term(name, content) {
    const said = typeof content === "string" ? el("dd", { text: content }) : el("dd", {}, content);
    return [el("dt", { text: name }), said];
  }

  reasonField() {
    const send = () => this.sendReason();
    const area = typingField(this.sheet, { id: this.id, field: "reason", label: "Why it does not apply", placeholder: "Saved once there is a reason", send });
    this.reasonProblem = el("p", { class: "problem", role: "alert", hidden: true });
    const save = el("button", { type: "button", class: "btn", text: "Save the reason", on: { click: send } });
    const label = el("span", { class: "label", "aria-hidden": "true", text: "Why it does not apply" });
    this.reasonForm = el("div", { class: "reason", hidden: true }, label, area, save, this.reasonProblem);
    area.readOnly = save.hidden = this.sheet.readOnly;
    return area;
  }

  sendReason() {
    const reason = this.reason.value.trim();
    const letters = Array.from(reason).length;
    const needed = "A practice that does not apply needs its reason. Write one, or choose another answer above.";
    const problem = !reason ? needed : letters > LONGEST_REASON ? `This is ${letters} letters long; ${LONGEST_REASON} are the most.` : "";
    this.reasonProblem.hidden = !problem;
    setText(this.reasonProblem, problem);
    if (problem) return;
    this.sheet.actions.giveReason(this.id, reason);
    this.sheet.typed.keep(this.id, "reason", null);
    this.sheet.asking.delete(this.id);
    this.sheet.goOn(this.id);
  }

  empty() {
    this.sheet.actions.give(this.id, null);
    this.sheet.list.focus(this.id);
  }

  update(answer) {
    const asked = this.sheet.asking.has(this.id) || answer.choice === NOT_APPLICABLE;
    this.reasonForm.hidden = !asked;
    // Nothing from outside touches a text that is being typed.
    if (this.sheet.typed.get(this.id, "reason") === null && this.reason.value !== (answer.reason ?? "")) this.reason.value = answer.reason ?? "";
    this.takeBack.hidden = this.sheet.readOnly || answer.choice === null;
    this.showHints(answer);
    this.showAgain(answer);
    const spread = this.sheet.spreadWords(answer.spread);
    this.said.hidden = !spread;
    setText(this.said, spread ? `Before the room agreed: ${spread}.${answer.dissent ? ` Another view: ${answer.dissent}` : ""}` : "");
    this.evidence.update(answer);
  }

  /** Say where the board speaks about this practice, for an open answer and against one that is given. */
  showHints({ choice }) {
    const suggested = this.sheet.suggestionOf(this.id)?.hints ?? [];
    const denied = this.sheet.denials(this.id, choice);
    const key = JSON.stringify([suggested, denied]);
    if (key === this.hintsKey) return;
    this.hintsKey = key;
    const line = ({ value, because, places }) =>
      el("li", { dir: "auto", text: `${places.join("; ")}: suggests ${this.sheet.withinOf(value)}. ${because}` });
    const title = denied.length ? "The board says something else" : "Where the board says so";
    const found = denied.length ? denied : suggested;
    this.hints.hidden = !found.length;
    this.hints.classList.toggle("warn", denied.length > 0);
    this.hints.replaceChildren(el("p", { class: "label", text: title }), el("ul", {}, ...found.map(line)));
  }

  showAgain(answer) {
    const changed = this.sheet.outdated(this.id, answer);
    this.again.hidden = !changed;
    if (!changed || this.again.childElementCount) return;
    const still = el("button", { type: "button", class: "btn", text: "Still true", on: { click: () => this.sheet.actions.stillTrue(this.id) } });
    still.hidden = this.sheet.readOnly;
    this.again.append(el("p", { text: `Check again. ${this.practice.changed}` }), still);
  }
}
