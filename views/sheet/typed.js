// What is typed on the sheet and not sent yet: reasons and evidence by practice. It outlives a reload and a change of page.

class TypedTexts {
  constructor(workshop) {
    this.key = `${STORAGE_PREFIX}:sheet-typed:${workshop}`;
    this.texts = new Map(kept.read("sessionStorage", this.key) ?? []);
  }

  get(id, field) {
    return this.texts.get(`${id}:${field}`) ?? null;
  }

  keep(id, field, text) {
    if (text) this.texts.set(`${id}:${field}`, text);
    else this.texts.delete(`${id}:${field}`);
    kept.write("sessionStorage", this.key, [...this.texts]);
  }
}

/** A field that grows with its text, keeps what is typed, and sends it with Enter; Shift + Enter breaks the line. */
function typingField(sheet, { id, field, label, placeholder, send }) {
  const typed = sheet.typed;
  const area = el("textarea", { rows: "1", "aria-label": label, placeholder, dir: "auto" });
  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.value = typed.get(id, field) ?? "";
  area.addEventListener("input", () => {
    typed.keep(id, field, area.value);
    grow();
  });
  area.addEventListener("keydown", (event) => {
    // The way back to the answers; what is typed stays.
    if (event.key === "Escape") sheet.list.focus(id);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  requestAnimationFrame(grow);
  return area;
}
