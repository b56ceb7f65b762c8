// What holds the workshop back, three things at most. What nobody knows is told as that.

function holdingCard(stand) {
  const { intro, obstacles, count } = stand.summary.holding;
  const items = obstacles.map((obstacle, index) => obstacleItem(stand, obstacle, index));
  const list = items.length ? el("ol", { class: "obstacles", role: "list" }, ...items) : null;
  const more = count > obstacles.length ? stand.leadingTo("assess", `${count - obstacles.length} more`) : null;
  return stand.card("holding", "What holds us back", {}, el("p", { class: "intro", text: intro }), list, more);
}

function obstacleItem(stand, { item, title, lack, state, why }, index) {
  const number = el("span", { class: lack ? "number lack" : "number", "aria-hidden": "true", text: lack ? String(index + 1) : "?" });
  const go = el("button", { type: "button", class: "link title", on: { click: () => stand.ask({ go: "assess", practice: item }) } }, title);
  const words = el("span", { class: "words" }, go, el("span", { class: lack ? "state lack" : "state", text: state }), why ? el("small", { text: why }) : null);
  return el("li", {}, number, words);
}
