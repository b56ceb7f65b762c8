// What changed since the last moment that differs from now, or an offer to name this one.

function sinceCard(stand) {
  const { since } = stand.summary;
  if (!since) return namingCard(stand);
  const day = since.day ? `, ${since.day}` : "";
  const moved = since.lines.filter(({ before, after }) => before !== after);
  const lines = since.lines.map(({ label, before, after }) =>
    el("li", { class: before === after ? "same" : "" }, el("span", { text: label }), el("b", { text: before === after ? `${after}, as before` : `${before} → ${after}` })),
  );
  const none = moved.length ? null : el("p", { class: "faint", text: "None of these has changed; what else has is in History." });
  return stand.card("since", `Since “${since.name}”${day}`, {}, el("ul", { class: "changes", role: "list" }, ...lines), none, stand.leadingTo("history", "All changes"));
}

function namingCard(stand) {
  const { unchanged } = stand.told ?? stand.data;
  const none = `There is no earlier state to compare with.${stand.data.mayEdit ? " Name this moment, and the next look says what has changed since." : ""}`;
  const words = unchanged ? `Nothing has changed since “${unchanged}”.` : none;
  if (!stand.data.mayEdit || unchanged) return stand.card("since", "What changed", {}, el("p", { text: words }));
  const input = el("input", { type: "text", "aria-label": "Name of this moment", placeholder: "Kick-off", data: { key: "moment" } });
  input.value = stand.momentName ?? "";
  input.addEventListener("input", () => (stand.momentName = input.value));
  const keep = () => stand.nameMoment(input.value.trim());
  input.addEventListener("keydown", (event) => event.key === "Enter" && keep());
  const button = el("button", { type: "button", class: "btn", text: "Name this moment", on: { click: keep } });
  const refused = stand.momentRefused ? el("p", { class: "refused", role: "alert", text: stand.momentRefused }) : null;
  return stand.card("since", "What changed", {}, el("p", { text: words }), el("div", { class: "naming" }, input, button), refused);
}
