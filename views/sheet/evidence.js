// The evidence of one answer: what shows it, when that was last seen, and how a piece is added, renewed and removed.

const LONGEST_PIECE = 200;
const FIRST_DAY = "1990-01-01";

class EvidenceField {
  constructor(sheet, id) {
    this.sheet = sheet;
    this.id = id;
    this.list = el("ul", { class: "pieces" });
    const send = () => this.send();
    this.area = typingField(sheet, { id, field: "evidence", label: `Evidence for ${sheet.titleOf(id)}`, placeholder: "", send });
    this.adding = el("button", { type: "button", class: "btn", text: "Add", on: { click: send } });
    this.problem = el("p", { class: "problem", role: "alert", hidden: true });
    this.form = el("div", { class: "adding" }, this.area, this.adding, this.problem);
    this.area.addEventListener("input", () => this.showWay());
    this.form.hidden = sheet.readOnly;
    this.root = el("div", { class: "evidence" }, this.list, this.form);
  }

  lines() {
    return this.area.value.split("\n").map((line) => line.trim()).filter(Boolean);
  }

  /** A pasted list is added line by line, and the button says so. */
  showWay() {
    const count = this.lines().length;
    setText(this.adding, count > 1 ? `Add ${count}, one for each line` : "Add");
    this.tell("");
  }

  tell(text) {
    this.problem.hidden = !text;
    setText(this.problem, text);
  }

  send() {
    const lines = this.lines();
    const long = lines.find((line) => Array.from(line).length > LONGEST_PIECE);
    if (!lines.length || this.area.disabled) return;
    if (long) return this.tell(`A piece has ${Array.from(long).length} letters; ${LONGEST_PIECE} are the most. Nothing was added.`);
    const seen = lines.map((ref) => ({ ref, seen_on: this.sheet.today }));
    this.sheet.actions.setEvidence(this.id, [...this.sheet.model.answer(this.id).evidence, ...seen]);
    this.area.value = "";
    this.sheet.typed.keep(this.id, "evidence", null);
    this.showWay();
    this.sheet.say(`Evidence added to ${this.sheet.titleOf(this.id)}.`);
  }

  update(answer) {
    const open = answer.choice === null;
    this.area.disabled = this.adding.disabled = open;
    this.area.placeholder = open ? "Answer first, then say what shows it" : "Add a link, a path or a sentence, seen today";
    const key = JSON.stringify([answer.evidence, answer.choice, this.sheet.today]);
    if (key === this.key) return;
    this.key = key;
    const held = [...this.list.querySelectorAll("button")].findIndex((button) => button.matches(":focus"));
    this.list.replaceChildren(...answer.evidence.map((piece, index) => this.piece(answer, piece, index)));
    if (held >= 0) ([...this.list.querySelectorAll("button:not(:disabled)")].at(Math.max(0, held - 1)) ?? this.area).focus();
  }

  piece(answer, piece, index) {
    const { choice, evidence } = answer;
    const named = /^https?:\/\//i.test(piece.ref)
      ? el("a", { href: piece.ref, target: "_blank", rel: "noopener noreferrer", dir: "auto", text: piece.ref })
      : el("span", { dir: "auto", text: piece.ref });
    const set = (changed) => this.sheet.actions.setEvidence(this.id, changed);
    const renewed = evidence.map((one, at) => (at === index ? { ...one, seen_on: this.sheet.today } : one));
    const renew = el("button", { type: "button", class: "btn quiet", text: "Seen today", on: { click: () => set(renewed) } });
    setAttribute(renew, "aria-label", `Seen today: ${piece.ref}`);
    renew.disabled = piece.hint || piece.seen_on === this.sheet.today;
    const drop = iconButton("close", `Remove ${piece.ref}`, "drop", () => set(evidence.filter((_, at) => at !== index)));
    renew.hidden = drop.hidden = this.sheet.readOnly;
    const [words, look] = this.since(piece, choice);
    return el("li", { class: `piece ${look}` }, named, el("span", { class: "since", text: words }), renew, drop);
  }

  /** Say when a piece was seen, and for an answer that needs proof until when it counts. */
  since({ hint, seen_on }, choice) {
    if (hint) return ["hint, no proof: where the answer was read off", "hint"];
    if (!seen_on) return ["no day given", "good"];
    if (seen_on < FIRST_DAY || seen_on > this.sheet.today) return [`cannot be: seen ${seen_on}, which is before 1990 or still to come`, "bad"];
    if (choice !== "manual" && choice !== "automated") return [`seen ${seen_on}`, ""];
    const last = daysAfter(seen_on, this.sheet.data.evidenceDays);
    if (last < this.sheet.today) return [`expired: seen ${seen_on}, counted until ${last}`, "bad"];
    return [`seen ${seen_on}, counts until ${last}`, "good"];
  }
}

/** Return the day so many days after one, both as 2026-11-23. */
function daysAfter(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
