// The next three steps. Who leads types owner and day here; what was typed stays in its field until it is kept, and
// where it is refused it stays with the reason beside it.

class Assigning {
  constructor(stand) {
    this.stand = stand;
    this.number = 0;
    // What was typed and is not confirmed, by `<item>/<property>`.
    this.pending = new Map();
    this.refused = new Map();
  }

  card() {
    const { steps, count, about, none } = this.stand.summary.steps;
    if (!steps.length) return this.stand.card("steps", "Next three steps", {}, el("p", { text: none }), this.stand.leadingTo("assess", "To the answers"));
    const heads = ["Make this true", "Owner", "Effort", "By", "What it gives"].map((text) => el("th", { scope: "col", text }));
    const rows = steps.map((step) => this.row(step));
    const table = el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows));
    const more = count > steps.length ? `All ${count} steps` : "The roadmap";
    const go = el("button", { type: "button", class: "link", text: more, on: { click: () => this.stand.ask({ go: "assess", part: "Roadmap" }) } });
    const foot = el("p", { class: "foot" }, go, el("span", { class: "faint", text: "Effort: from 1, an afternoon, to 5, three months." }));
    const title = steps.length === 1 ? "Next step" : steps.length === 2 ? "Next two steps" : "Next three steps";
    return this.stand.card("steps", title, {}, el("p", { class: "faint", text: about }), table, foot);
  }

  row(step) {
    const { item, title, how, effort, score, moves } = step;
    const named = el("button", { type: "button", class: "link title", on: { click: () => this.stand.ask({ go: "assess", practice: item }) } }, title);
    const cells = [
      el("td", {}, named, el("small", { text: how })),
      el("td", { data: { head: "Owner" } }, this.field(step, "owner")),
      el("td", { class: "narrow", data: { head: "Effort" }, text: effort }),
      el("td", { class: "narrow", data: { head: "By" } }, this.field(step, "by")),
      el("td", { class: moves ? "moves" : "stays", data: { head: "Gives" }, text: score }),
    ];
    return el("tr", {}, ...cells);
  }

  /** A field for who leads; for all others, and on paper, the text. */
  field(step, prop) {
    const text = el("span", { class: step[prop] ? "given" : "given faint", dir: "auto", text: step[prop] ?? (prop === "owner" ? "nobody yet" : "no day yet") });
    if (!this.stand.data.mayChoose) return text;
    const key = `${step.item}/${prop}`;
    const label = `${step.title}: ${prop === "owner" ? "owner" : "by"}`;
    const input = el("input", { type: prop === "by" ? "date" : "text", "aria-label": label, placeholder: prop === "owner" ? "Owner" : null, data: { key }, dir: "auto" });
    input.value = this.pending.get(key)?.value ?? step[prop] ?? "";
    const commit = () => this.commit(step, prop, input.value);
    // A day that is typed is a day at every key: it is kept once its field is left, one from the calendar at once.
    let typing = false;
    input.addEventListener("keydown", () => (typing = true));
    input.addEventListener("change", () => (prop === "by" && typing ? null : commit()));
    input.addEventListener("blur", () => {
      typing = false;
      commit();
    });
    input.addEventListener("keydown", (event) => event.key === "Enter" && input.blur());
    return el("span", { class: "field" }, input, text, this.refusal(step, prop, key, input));
  }

  refusal(step, prop, key, input) {
    const found = this.refused.get(key);
    if (!found) return null;
    const again = found.stale ? el("button", { type: "button", class: "btn small", text: "Keep mine", on: { click: () => this.send(step, prop, input.value, true) } }) : null;
    return el("span", { class: "refused", role: "alert" }, found.message, again);
  }

  commit(step, prop, value) {
    const key = `${step.item}/${prop}`;
    const wanted = value.trim();
    const known = this.pending.get(key)?.value ?? step[prop] ?? "";
    if (wanted !== known) this.send(step, prop, wanted, false);
  }

  send(step, prop, value, over) {
    const key = `${step.item}/${prop}`;
    this.number += 1;
    this.refused.delete(key);
    this.pending.set(key, { n: this.number, item: step.item, prop, value, over, base: step.bases?.[prop] ?? 0 });
    this.stand.ask({});
  }

  /** What is not answered yet goes along each time: of two wishes in one breath Streamlit brings the later one. */
  get waiting() {
    return [...this.pending].filter(([key]) => !this.refused.has(key)).map(([key, entry]) => ({ key, ...entry }));
  }

  /** Take what the server did with what was sent. */
  told({ assigned }) {
    for (const { n, key, message, stale } of assigned ?? []) {
      const waiting = this.pending.get(key);
      if (!waiting || waiting.n !== n) continue;
      if (message) this.refused.set(key, { message, stale });
      else this.pending.delete(key);
    }
  }
}
