// Everything that a person could act on now, inside the shadow of a component too, with what it is called and where it
// is. `aside` is what stands beside every page. While a modal window is open, only what is in it.
() => {
  const ACTIONS = {
    click: "a[href], button, summary, [role=tab], [role=radio], [role=checkbox], [role=switch], label[data-baseweb=checkbox]",
    type: "input, textarea, [contenteditable=true]",
    choose: "[role=combobox], select",
    slide: "[role=slider], input[type=range]",
  };
  const TEXT_INPUTS = new Set(["text", "number", "search", "email", "tel", "url", "date", "time", ""]);
  // Streamlit's own: its menu, what hovers over a table, and the button that opens the system's window for files.
  const NOT_OURS = "[data-testid=stToolbar], [data-testid=stElementToolbar], [data-testid=stMainMenu], [data-testid=stFileUploaderDropzone]";

  const everywhere = (root) =>
    [...root.querySelectorAll("*")].flatMap((element) =>
      element.shadowRoot ? [element, ...everywhere(element.shadowRoot)] : [element],
    );
  const isShown = (element) => {
    const { width, height, right } = element.getBoundingClientRect();
    // What is folded away lies to the left of the page, where nobody can scroll to.
    return width > 0 && height > 0 && right > 0 && !element.closest("[inert]") && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const isAble = (element) =>
    !element.disabled && !element.readOnly && element.ariaDisabled !== "true" && !element.closest(NOT_OURS);
  const staysHere = (element) =>
    !element.matches("a") || (element.origin === location.origin && element.target !== "_blank" && !element.download);
  const isFor = {
    click: staysHere,
    type: (element) =>
      (element.matches("textarea, [contenteditable]") || TEXT_INPUTS.has(element.type)) && !element.matches("[role=combobox]"),
    choose: () => true,
    slide: () => true,
  };
  const labelOf = (element) =>
    (element.ariaLabel || element.innerText || element.title || element.placeholder || element.textContent || "")
      .replace(/\s+/g, " ").trim().slice(0, 80);

  const all = everywhere(document);
  const modal = all.findLast((element) => isShown(element) && element.matches("dialog:modal, [role=dialog][aria-modal=true]"));
  const within = modal ? everywhere(modal) : all;
  const told = (element, kind, place = element) => {
    const { x, y, width, height } = place.getBoundingClientRect();
    const aside = Boolean(element.closest("[data-testid=stSidebar]"));
    return { element, kind, label: labelOf(element), aside, x: x + width / 2, y: y + height / 2 };
  };
  const found = Object.entries(ACTIONS).flatMap(([kind, css]) =>
    within
      .filter((element) => element.matches(css) && isShown(element) && isAble(element) && isFor[kind](element))
      .map((element) => told(element, kind)),
  );
  const files = within
    .filter((element) => element.matches("input[type=file]") && isShown(element.parentElement))
    .map((element) => told(element, "upload", element.parentElement));
  return [...found, ...files];
}
