// Go, proof of concept or stop, with its reasons and what would turn it.

const VERDICT_MARKS = { go: "✓", stop: "✕", "proof-of-concept": "◐", open: "?", absent: "–" };

function verdictCard(stand) {
  const { verdict } = stand.summary;
  const open = verdict.kind === "open";
  const mark = el("span", { class: "mark", "aria-hidden": "true", text: VERDICT_MARKS[verdict.kind] ?? "·" });
  const title = el("p", { class: "verdict-title" }, mark, el("strong", { text: verdict.title }));
  const reasons = verdict.because.map((text) => el("p", { class: "reason", text }));
  const turn = verdict.turn ? el("p", { class: "turn", text: verdict.turn }) : null;
  const page = stand.data.titles[verdict.step] ?? verdict.step;
  const go = stand.leadingTo(verdict.step, open ? `Answer in ${page}` : "See the answers");
  return stand.card("verdict", verdict.question, { kind: verdict.kind }, title, ...reasons, turn, go);
}
