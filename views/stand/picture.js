// The architecture, drawn on the server: light, and in the dark theme dark as well. On paper it is always light.

function pictureCard(stand) {
  const { light, dark, problem } = stand.picture ?? {};
  const told = el("p", { class: "faint", text: stand.summary.decisions });
  const alt = `Architecture as chosen so far. ${stand.summary.decisions}.`;
  const drawn = [["on-light", light], ["on-dark", dark]].filter(([, svg]) => svg);
  const pictures = drawn.map(([name, svg]) => el("img", { class: name, alt, src: sourceOf(svg) }));
  const drawing = el("div", { class: dark ? "drawing both" : "drawing" }, ...pictures, light ? null : el("p", { text: problem ?? "" }));
  return stand.card("picture", "Architecture", {}, told, drawing, stand.leadingTo("decide", "See the decisions"));
}

function sourceOf(svg) {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
