// Building blocks of the page: elements, icons, colours of the theme. User text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  edit: "M4 20h4L18.5 9.5a2.1 2.1 0 0 0-3-3L5 17v3M13.5 8.5l3 3",
  move: "M12 3v18M3 12h18M9.5 5.5 12 3l2.5 2.5M9.5 18.5 12 21l2.5-2.5M5.5 9.5 3 12l2.5 2.5M18.5 9.5 21 12l-2.5 2.5",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5",
  close: "M6 6l12 12M18 6 6 18",
  back: "M15 5l-7 7 7 7",
  on: "M9 5l7 7-7 7",
  add: "M12 5v14M5 12h14",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  unseen: "M4 4l16 16M9.9 5.9A9.6 9.6 0 0 1 12 5.7c5 0 8.2 4 9.3 6.3a13 13 0 0 1-2.6 3.4M6.4 7.6A13 13 0 0 0 2.7 12c1.1 2.3 4.3 6.3 9.3 6.3 1.4 0 2.7-.3 3.8-.8M10 10a2.9 2.9 0 0 0 4.1 4.1",
  up: "M5 15l7-7 7 7",
  down: "M5 9l7 7 7-7",
  people: "M5.5 8a3.5 3.5 0 1 0 7 0 3.5 3.5 0 0 0-7 0M2.5 20a6.5 6.5 0 0 1 13 0M16 4.7a3.5 3.5 0 0 1 0 6.6M18 14.2a6.3 6.3 0 0 1 3.5 5.8",
  undo: "M8 5 3.5 9.5 8 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-3",
  redo: "M16 5l4.5 4.5L16 14M20 9.5H10a5.5 5.5 0 0 0 0 11h3",
};

// As `canvas/reading/text_gate.py` has it: numbers of several parts, which are taken apart among letters that read from the right.
const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const NUMBERS = /\p{Nd}+(?:[-./:,–]\p{Nd}+)+/gu;

/** Return a text to show, in which dates and numbers keep the order in which they were written. */
function inWrittenOrder(text) {
  if (!FROM_THE_RIGHT.test(text)) return text;
  return text.replace(NUMBERS, "\u2066$&\u2069");
}

/**
 * Make an element. `props`: `class`, `text`, `data` (dataset), `on` (listeners); everything else is an attribute,
 * left out when null or false, present without value when true.
 */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "text") setText(node, value);
    else if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else setAttribute(node, name, value);
  }
  const given = children.filter((child) => child !== null && child !== undefined);
  node.append(...given.map((child) => (typeof child === "string" ? inWrittenOrder(child) : child)));
  return node;
}

/** Set an attribute; null and false take it away. Writes nothing when it is already so. */
function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value === true ? "" : value)) {
    node.setAttribute(name, value === true ? "" : value);
  }
}

/** Set the text of an element; leaves the node alone when it is already so, to keep selections and animations. */
function setText(node, text) {
  const shown = inWrittenOrder(text ?? "");
  if (node.textContent !== shown) node.textContent = shown;
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon and says `label`. */
function iconButton(name, label, className, onClick) {
  const button = el("button", { type: "button", class: className, "aria-label": label, title: label }, icon(name));
  if (onClick) button.addEventListener("click", onClick);
  return button;
}

/** Return "dark" or "light" by the luminance of the page's background, so that any custom theme gets a fitting one. */
function themeOf(element) {
  const probe = el("span", { style: "color: var(--st-background-color, #fff); display: none" });
  element.append(probe);
  const [red, green, blue] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  probe.remove();
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110 ? "dark" : "light";
}

/** Return the closest ancestor that scrolls, looking through shadow roots; the page itself when there is none. */
function scrollerOf(element) {
  for (let node = element; node; node = node.parentElement ?? node.getRootNode().host) {
    const overflow = getComputedStyle(node).overflowY;
    if ((overflow === "auto" || overflow === "scroll") && node.scrollHeight > node.clientHeight) return node;
  }
  return document.scrollingElement;
}

function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Keep single letters from the page around a component: Streamlit reads a bare C or R as a command. */
function shieldPage(event) {
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}

/** A click beside a modal dialog closes it, as people expect. */
function closeOnBackdrop(dialog) {
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target !== dialog) return;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < left || x > right || y < top || y > bottom) dialog.close();
  });
}
