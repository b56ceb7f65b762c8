// Building blocks of the page: elements, icons, colours of the theme. User text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  edit: "M4 20h4L18.5 9.5a2.1 2.1 0 0 0-3-3L5 17v3M13.5 8.5l3 3",
  move: "M12 3v18M3 12h18M9.5 5.5 12 3l2.5 2.5M9.5 18.5 12 21l2.5-2.5M5.5 9.5 3 12l2.5 2.5M18.5 9.5 21 12l-2.5 2.5",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5",
  close: "M6 6l12 12M18 6 6 18",
  add: "M12 5v14M5 12h14",
};

/**
 * Make an element. `props`: `class`, `text`, `data` (dataset), `on` (listeners); everything else is an attribute,
 * left out when null or false, present without value when true.
 */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "text") node.textContent = value;
    else if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else setAttribute(node, name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
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
  if (node.textContent !== text) node.textContent = text;
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
