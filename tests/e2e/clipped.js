// Every text on a page that its box, or one around it, cuts off: one line each, with how much of it is out of sight.
// What can be scrolled to can be read. What is only there to be heard, and Streamlit's own bars, are passed over.
() => {
  const HAIR_PX = 1.5;
  const NOT_OURS = "[data-testid=stToolbar], [data-testid=stElementToolbar], [data-testid=stMainMenu], [data-testid=stFileUploaderDropzone], .st-key-shown-run, .st-key-run-ended";
  const HEARD = ".unseen, [class*=visuallyHidden], [data-testid=stTooltipContent]";

  const everywhere = (root) =>
    [...root.querySelectorAll("*")].flatMap((element) =>
      element.shadowRoot ? [element, ...everywhere(element.shadowRoot)] : [element],
    );
  const parentOf = (node) => node.parentElement ?? node.getRootNode().host ?? null;
  const isHeard = (element) => {
    for (let node = element; node; node = parentOf(node)) {
      const { width, height } = node.getBoundingClientRect();
      if (node.matches(HEARD) || (width <= 2 && height <= 2 && getComputedStyle(node).overflow === "hidden")) return true;
      if (getComputedStyle(node).clipPath.startsWith("inset(50%")) return true;
    }
    return false;
  };
  const isShown = (element) => {
    const { width, height, right } = element.getBoundingClientRect();
    return width > 0 && height > 0 && right > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const named = (element) => {
    const key = element.closest("[class*=st-key-]")?.className.match(/st-key-[\w.~-]+/)?.[0] ?? "";
    return `${key} ${element.tagName.toLowerCase()}.${String(element.className.baseVal ?? element.className).split(" ")[0]}`;
  };
  const wordsIn = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  /** How far a box of text sticks out of what cuts it, in either direction. */
  const cutBy = (element, box) => {
    for (let node = element, axes = ["x", "y"]; node && axes.length; node = parentOf(node)) {
      const style = getComputedStyle(node);
      const frame = node.getBoundingClientRect();
      for (const axis of [...axes]) {
        const overflow = axis === "x" ? style.overflowX : style.overflowY;
        if (overflow === "visible" || style.display === "inline" || style.display === "contents") continue;
        const out =
          axis === "x"
            ? Math.max(frame.left - box.left, box.right - frame.right)
            : Math.max(frame.top - box.top, box.bottom - frame.bottom);
        if (overflow === "auto" || overflow === "scroll") axes = axes.filter((other) => other !== axis);
        else if (out > HAIR_PX) return `${Math.round(out)} px ${axis === "x" ? "beside" : "below"} ${named(node)}`;
      }
      if (style.position === "fixed") return "";
    }
    return "";
  };

  const ofText = (element) =>
    wordsIn(element).flatMap((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
      const cut = boxes.map((box) => cutBy(element, box)).find(Boolean);
      return cut ? [`"${node.data.trim().slice(0, 60)}" ${cut}`] : [];
    });

  const ruler = document.createElement("canvas").getContext("2d");
  const ofField = (field) => {
    const style = getComputedStyle(field);
    const text = field.value || field.placeholder;
    if (field.matches("textarea")) {
      const cut = field.rows > 1 && field.scrollHeight > field.clientHeight + 2;
      return cut ? [`"${text.slice(0, 60)}" below its field ${named(field)}`] : [];
    }
    ruler.font = style.font;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const out = ruler.measureText(text).width - room;
    return text && out > HAIR_PX ? [`"${text.slice(0, 60)}" ${Math.round(out)} px out of its field ${named(field)}`] : [];
  };

  const ours = everywhere(document.body).filter((element) => isShown(element) && !element.closest(NOT_OURS) && !isHeard(element));
  const fields = ours.filter((element) => element.matches("input[type=text], input:not([type]), textarea"));
  const main = document.querySelector("[data-testid=stMain]");
  const sideways = main.scrollWidth > main.clientWidth + 1 ? [`the page is ${main.scrollWidth - main.clientWidth} px too wide`] : [];
  return [...sideways, ...ours.flatMap(ofText), ...fields.flatMap(ofField)];
}
