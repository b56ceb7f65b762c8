// The models that the workshop leads with: one as an interval with its bands, the others in a line each.

// In the name of a band; along the scale they can be seen.
const BOUNDS = / \([^()]*\d[^()]*\)$/;

function levelCard(stand) {
  const { levels, by_default: byDefault, missing } = stand.summary;
  const shown = levels.find(({ model }) => model === stand.shownModel) ?? levels[0];
  const choose = stand.data.mayChoose ? el("button", { type: "button", class: "btn small choose", text: "Choose models", on: { click: () => stand.choosing.open() } }) : null;
  if (!shown) return stand.card("level", "Maturity", {}, el("p", { text: "No model can be assessed here." }), choose);
  const others = levels.filter((one) => one !== shown).map((one) => otherLevel(stand, one));
  const why = byDefault ? "Nobody has chosen maturity models for this workshop yet. Until somebody does, these are shown." : null;
  const gone = missing.length ? `Chosen, and not loaded now: ${missing.join(", ")}.` : null;
  const every = el("button", { type: "button", class: "link", text: "All models", on: { click: () => stand.ask({ go: "assess", part: "All models" }) } });
  const foot = el("div", { class: "foot" }, choose, every, ...[why, gone].filter(Boolean).map((text) => el("span", { class: "faint", text })));
  const card = stand.card("level", null, {}, ...levelShown(stand, shown), others.length ? el("ul", { class: "others", role: "list" }, ...others) : null, foot);
  card.setAttribute("aria-label", shown.title);
  return card;
}

function levelShown(stand, shown) {
  const kind = el("span", { class: shown.official ? "tag good" : "tag", text: shown.official ? "rule of its authors" : "derived rule" });
  const answered = shown.answered ? el("span", { class: "faint", text: shown.answered }) : null;
  const head = el("div", { class: "level-head" }, el("h2", { text: shown.title, dir: "auto" }), kind, answered);
  const value = shown.value === null || shown.first ? null : el("p", { class: "value" }, el("strong", { text: shown.value }), ` of ${shown.maximum}`);
  const notes = shown.notes.map((text) => el("p", { class: "faint", text }));
  const go = stand.leadingTo("assess", shown.first ? "Answer in Assess" : "See the answers", { model: shown.model });
  const drawn = shown.bands.length ? [scaleOf(shown)] : [];
  return [head, value, el("p", { class: "level-words", text: shown.words }), ...drawn, ...notes, go];
}

/** The bands along the scale, and below them what is sure and what is possible; words say the same above. */
function scaleOf(shown) {
  // A band that is a single figure, as 0, is as wide as a finger, and the scale begins after it.
  const columns = shown.bands.map(({ start, end }) => (end > start ? `minmax(0, ${((end - start) * 100).toFixed(3)}fr)` : "14px")).join(" ");
  const cells = shown.bands.map((one) => el("div", { class: bandLook(shown, one) }, el("span", { text: one.label.replace(BOUNDS, "") }), isPoint(one) ? el("b", { text: one.start * Number(shown.maximum) }) : null));
  const bands = el("div", { class: shown.staged ? "bands staged" : "bands", style: `grid-template-columns: ${columns}` }, ...cells);
  if (shown.staged || shown.first) return el("div", { class: "scale", "aria-hidden": "true" }, bands);
  const sure = el("i", { style: `width: ${100 * shown.sure}%` });
  const maybe = el("u", { style: `left: ${100 * shown.sure}%; width: ${100 * (shown.possible - shown.sure)}%` });
  const after = isPoint(shown.bands[0]) ? "scale after-point" : "scale";
  return el("div", { class: after, "aria-hidden": "true" }, bands, el("div", { class: "interval" }, sure, maybe), marksOf(shown));
}

function isPoint({ start, end }) {
  return start === end;
}

function bandLook(shown, one) {
  const look = isPoint(one) ? "band point" : "band";
  return shown.first ? look : `${look} ${one.reach}${one.here ? " here" : ""}`;
}

function marksOf({ sure, possible, lower, upper, maximum }) {
  const place = (share) => `left: ${100 * share}%`;
  const close = possible - sure < 0.2;
  const marks = [el("em", { class: sure > 0.85 ? "end" : sure < 0.1 ? "start" : "", style: place(sure), text: possible > sure ? `at least ${lower}` : lower })];
  if (possible > sure && !close) marks.push(el("em", { class: possible > 0.85 ? "end" : "", style: place(possible), text: `at most ${upper}` }));
  if (possible > sure && close) marks[0].textContent = `${lower} to ${upper}`;
  if (possible < 0.8 && sure < 0.8) marks.push(el("em", { class: "end", style: "left: 100%", text: maximum }));
  return el("div", { class: "marks" }, ...marks);
}

function otherLevel(stand, one) {
  const value = one.value === null || one.first ? "" : ` ${one.value} of ${one.maximum}.`;
  const look = el("button", { type: "button", class: "link", text: one.title, on: { click: () => stand.showModel(one.model) } });
  return el("li", {}, look, el("span", { text: `${value} ${one.words}` }));
}
