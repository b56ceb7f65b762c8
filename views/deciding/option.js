// One option as a card: what it is, what speaks for and against it here, and how a project would have it. The chosen one
// holds its reason and the way to the record.

const FIT = { best: ["best fit", "good"], good: ["good", "info"], partly: ["fits partly", "warn"], later: ["later", ""], unjudged: ["nothing for or against it yet", ""] };

class OptionCard {
  constructor(page, slot, choice) {
    this.page = page;
    this.slot = slot;
    this.choice = choice;
    this.badge = el("span", { class: "badge", "aria-hidden": "true" });
    this.name = el("h3", { dir: "auto" });
    this.tags = el("span", { class: "tags" });
    this.project = el("span", { class: "project" });
    this.button = el("button", { type: "button", class: "btn choose", on: { click: () => this.choose() } });
    this.words = el("div", { class: "words" });
    this.recorded = el("p", { class: "recorded", hidden: true });
    this.more = el("button", { type: "button", class: "more", "aria-expanded": "false", on: { click: () => this.unfold() } }, icon("on"));
    this.place = el("div", { class: "place" });
    const title = el("div", { class: "title-row" }, this.name, this.tags, this.project);
    const acts = el("div", { class: "choosing" }, this.button, this.more);
    this.root = el("article", { class: "option", data: { choice } }, this.badge, el("div", { class: "what" }, title, this.words, this.recorded), acts, this.place);
  }

  choose() {
    this.page.question.choose(this.choice, { typing: true });
  }

  /** On a phone a card shows its reasons when it is asked to. */
  unfold() {
    const open = this.root.classList.toggle("unfolded");
    setAttribute(this.more, "aria-expanded", String(open));
  }

  update(number) {
    const { draft, record, noneYet } = this.page.model.slot(this.slot);
    const option = this.page.model.option(this.slot, this.choice);
    const entry = this.page.data.entries[this.choice];
    const chosen = draft?.choice === this.choice;
    const title = this.page.choiceTitle(this.choice);
    const inForce = record?.choice === this.choice;
    this.root.classList.toggle("chosen", chosen);
    setAttribute(this.root, "aria-current", chosen ? "true" : null);
    setText(this.badge, number && !this.page.keys.off ? String(number) : (Array.from(title)[0] ?? "").toUpperCase());
    setText(this.name, title);
    setText(this.button, chosen ? "Chosen" : "Choose");
    setAttribute(this.button, "aria-pressed", String(chosen));
    setAttribute(this.button, "aria-label", `${chosen ? "Chosen" : "Choose"}: ${title}`);
    setAttribute(this.more, "aria-label", `Reasons of ${title}`);
    this.button.disabled = this.page.readOnly;
    this.more.hidden = !option;
    const key = JSON.stringify([option, chosen, noneYet, entry?.title]);
    if (key !== this.key) this.lay(option, entry, noneYet);
    this.key = key;
    this.recorded.hidden = !inForce;
    setText(this.recorded, inForce ? recordWords(record, Boolean(draft)) : "");
  }

  lay(option, entry, noneYet) {
    const [fit, look] = option ? FIT[option.fit] : [];
    const verified = entry?.verified ? tag(`verified ${entry.verified}`, "good") : null;
    this.tags.replaceChildren(...[fit ? tag(fit, look) : null, entry?.license ? tag(entry.license) : null, verified].filter(Boolean));
    this.project.replaceChildren(...projectWords(option?.project));
    this.project.className = `project ${option?.project?.way ?? ""}`;
    const said = option ? [el("p", { class: "summary", text: entry.summary }), reasonLines(option, entry), ...this.notes(entry)] : [el("p", { class: "summary", text: this.emptyWords(noneYet) })];
    this.words.replaceChildren(...said);
  }

  emptyWords(noneYet) {
    if (this.choice === NONE_YET) return noneYet;
    return this.choice === NOT_APPLICABLE ? "Your system has no use for this. Write why; the record says it." : "In your own words.";
  }

  notes(entry) {
    const link = entry.homepage ? el("a", { href: entry.homepage, target: "_blank", rel: "noopener noreferrer", text: new URL(entry.homepage).hostname }) : null;
    const hosting = entry.hosting ? `Hosting: ${entry.hosting}. ` : "";
    const know = hosting + (entry.watch.length ? `Good to know: ${entry.watch.join(" ")} ` : "");
    return know || link ? [el("p", { class: "know" }, know, link)] : [];
  }
}

function tag(text, look = "") {
  return el("span", { class: `tag ${look}`, text });
}

/** The reasons of an option, one a line. */
function reasonLines(option, entry) {
  const line = (mark, said, text) => el("li", { class: said.split(" ")[0] }, el("b", { "aria-hidden": "true", text: mark }), el("span", { class: "unseen", text: `${said}: ` }), text);
  const cons = [...option.cons, ...(entry.avoid ? ["not for new projects"] : [])];
  return el(
    "ul",
    { class: "reasons" },
    ...option.pros.map((text) => line("+", "for it", text)),
    ...cons.map((text) => line("−", "against it", text)),
    ...option.needs.map((text) => line("!", "needs", text)),
  );
}

function projectWords(project) {
  if (!project) return [];
  if (project.way === "generated") return [`in your project: generated${project.files ? `, ${plural(project.files, "file")}` : ""}`];
  return [`in your project: by hand${project.standIn ? `; ${project.standIn} stands in` : ""}`];
}

/** Say that a choice is recorded, and that a draft beside it does not count yet. */
function recordWords({ number, status, on, because }, drafted) {
  const words = `${number ? `Decision ${number}` : "Recorded"}${status === "proposed" ? ", proposed" : ""}${on ? `, ${on}` : ""}${because ? `: ${because}` : ""}`;
  return drafted ? `${words} It counts until the draft is recorded.` : words;
}
