// Answers and decisions that do not go together, the first two, each with where it is mended.

function clashesCard(stand) {
  const { shown, count, none, accepted } = stand.summary.clashes;
  const lived = accepted ? el("p", { class: "faint", text: accepted }) : null;
  if (!count) return stand.card("clashes", "Contradictions", {}, el("p", { text: none }), lived);
  const items = shown.map((clash) => clashItem(stand, clash));
  const rest = count - shown.length;
  const more = rest ? el("p", { class: "faint", text: `and ${rest} more, told in the report.` }) : null;
  return stand.card("clashes", plural(count, "contradiction"), { kind: "some" }, el("ul", { role: "list" }, ...items), more, lived);
}

function clashItem(stand, { places, because, mend, step, practice }) {
  const where = places.map((text) => el("strong", { class: "place", text, dir: "auto" }));
  const title = stand.data.titles[step] ?? step;
  const go = stand.leadingTo(step, `Look at it in ${title}`, practice ? { practice } : {});
  return el("li", {}, ...where, el("p", { text: `${because} ${mend}` }), go);
}
