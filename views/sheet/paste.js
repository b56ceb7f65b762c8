// A spreadsheet pasted into the sheet: rows of a practice and its answer. What is understood and what is not is shown
// first; nothing is guessed, and nothing is taken in before somebody says so.

class Pasting {
  constructor(sheet) {
    this.sheet = sheet;
    const title = el("h2", { id: "paste-title", text: "Answers from a spreadsheet" });
    const close = iconButton("close", "Close", "dialog-close", () => this.dialog.close());
    const words = "One practice a row: its title or id, then the answer, in the columns of a spreadsheet. What does not apply has its reason in a third column.";
    this.area = el("textarea", { rows: "5", "aria-label": "Rows of a spreadsheet", dir: "auto", on: { input: () => this.read() } });
    this.summary = el("p", { class: "paste-summary", role: "status" });
    this.table = el("div", { class: "paste-rows", tabindex: "0", role: "region", "aria-label": "What is understood" });
    this.take = el("button", { type: "button", class: "btn primary", on: { click: () => this.accept() } });
    const leave = el("button", { type: "button", class: "btn", text: "Leave it", on: { click: () => this.dialog.close() } });
    const head = el("div", { class: "box-head" }, title, close);
    this.dialog = el("dialog", { class: "box wide", "aria-labelledby": "paste-title" }, head, el("p", { text: words }), this.area, this.summary, this.table, el("div", { class: "box-foot" }, this.take, leave));
    sheet.root.addEventListener("paste", (event) => this.onPaste(event));
  }

  /** A table pasted onto the sheet opens the preview; any other text, and a paste into a field, is left alone. */
  onPaste(event) {
    if (this.sheet.readOnly || event.target.closest("textarea, input, dialog")) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!text.includes("\t")) return;
    event.preventDefault();
    this.open(text);
  }

  openEmpty() {
    this.open("");
  }

  open(text) {
    this.area.value = text;
    this.read();
    this.dialog.showModal();
    (text ? this.take.disabled ? this.area : this.take : this.area).focus();
  }

  read() {
    this.rows = readRows(this.area.value, this.sheet);
    const understood = this.rows.filter(({ changes }) => changes).length;
    const same = this.rows.filter(({ same }) => same).length;
    const unread = this.rows.length - understood - same;
    const counts = [`${plural(understood, "answer")} to take in`, same ? `${same} as they are already` : "", unread ? `${plural(unread, "row")} not understood` : ""];
    setText(this.summary, this.rows.length ? `${counts.filter(Boolean).join(", ")}.` : "");
    setText(this.take, understood ? `Take in ${plural(understood, "answer")}` : "Nothing to take in");
    this.take.disabled = !understood;
    const rank = ({ changes, same }) => (changes ? 1 : same ? 2 : 0);
    const sorted = [...this.rows].sort((a, b) => rank(a) - rank(b));
    this.table.hidden = !sorted.length;
    this.table.replaceChildren(el("ul", {}, ...sorted.map((row) => this.line(row))));
  }

  line({ cells, changes, same, words }) {
    const look = changes ? "understood" : same ? "same" : "unread";
    return el("li", { class: look }, el("span", { class: "cells", dir: "auto", text: cells.join(" | ") }), el("span", { class: "verdict", text: words }));
  }

  accept() {
    const taken = this.rows.filter(({ changes }) => changes);
    this.dialog.close();
    this.sheet.actions.send(taken.map(({ id, changes }) => [id, changes]));
    this.sheet.redraw();
    this.sheet.say(`${plural(taken.length, "answer")} taken in.`);
  }
}

const plainly = (text) => text.normalize("NFC").trim().replace(/\s+/g, " ").toLocaleLowerCase();

/** Return what each row of a pasted table amounts to: `changes` to make, `same` as it is, or neither, and why in words. */
function readRows(text, sheet) {
  const rows = tableOf(text).filter((cells) => cells.some(Boolean));
  const read = rows.map((cells) => readRow(cells, sheet));
  const counts = new Map();
  for (const { id } of read) if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
  return read.map((row) => (row.id && counts.get(row.id) > 1 ? { cells: row.cells, words: "This practice stands in more than one row." } : row));
}

function readRow(cells, sheet) {
  const [named, said, third, ...more] = cells;
  const ids = practicesCalled(named, sheet);
  if (!ids.length) return { cells, words: "No practice is called so." };
  if (ids.length > 1) return { cells, words: "More than one practice is called so; use the id." };
  const [id] = ids;
  const choice = choiceCalled(said ?? "", sheet);
  if (!choice) return { cells, words: said ? "This is none of the five answers." : "There is no answer beside it." };
  if (more.some(Boolean) || (third && choice !== NOT_APPLICABLE)) return { cells, id, words: "There is more in this row than an answer; only a reason why it does not apply is read." };
  const now = sheet.model.answer(id);
  const reason = third || (now.choice === NOT_APPLICABLE ? now.reason : null);
  if (choice === NOT_APPLICABLE && !reason) return { cells, id, words: "What does not apply needs its reason in the third column." };
  if (choice === NOT_APPLICABLE && Array.from(reason).length > LONGEST_REASON) return { cells, id, words: `The reason is longer than ${LONGEST_REASON} letters.` };
  if (now.choice === choice && (choice !== NOT_APPLICABLE || reason === now.reason)) return { cells, id, same: true, words: "As it is already." };
  const before = now.choice === null ? "" : `${sheet.shortOf(now.choice)} → `;
  return { cells, id, changes: sheet.actions.changes(id, choice, reason), words: `${before}${sheet.shortOf(choice)}` };
}

function practicesCalled(name, { data }) {
  const wanted = plainly(name ?? "");
  if (wanted in data.practices) return [wanted];
  return Object.keys(data.practices).filter((id) => wanted && plainly(data.practices[id].title) === wanted);
}

function choiceCalled(words, { data }) {
  const wanted = plainly(words).replaceAll("’", "'");
  const calls = ({ id, title, short, within }) => [id, title, short, within].some((name) => plainly(name) === wanted);
  return data.words.find(calls)?.id ?? null;
}

/** Return the cells of a table as spreadsheets copy it: tabs between cells, quotes around those with breaks in them. */
function tableOf(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    const row = rows.at(-1);
    if (quoted && letter === '"' && text[at + 1] === '"') [row[row.length - 1], at] = [`${row.at(-1)}"`, at + 1];
    else if (letter === '"' && (quoted || row.at(-1) === "")) quoted = !quoted;
    else if (!quoted && letter === "\t") row.push("");
    else if (!quoted && letter === "\n") rows.push([""]);
    else if (letter !== "\r") row[row.length - 1] += letter;
  }
  return rows.map((row) => row.map((cell) => cell.trim()));
}
