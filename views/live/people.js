// How other people look: a name or "someone", initials, a colour that stays theirs. Used by board and header.
// `PERSON_COLOURS` comes from `canvas/content/colours.yaml`; `views/live/__init__.py` writes it in front of these files.

function nameOf(person) {
  return person.name || "someone";
}

function initialsOf(person) {
  if (!person.name) return "";
  const words = person.name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => Array.from(word)[0] ?? "");
  return letters.join("").toLocaleUpperCase();
}

/** The colour belongs to the id, so that somebody without a name can be told apart from another one. */
function colourOf(person) {
  let sum = 0;
  for (const letter of String(person.id)) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return PERSON_COLOURS[sum % PERSON_COLOURS.length];
}

/** A small round picture: initials, or a blank face for somebody without a name. */
function avatar(person) {
  const face = document.createElement("span");
  face.className = person.name ? "avatar" : "avatar nameless";
  face.style.setProperty("--person", colourOf(person));
  face.textContent = initialsOf(person);
  face.title = person.role === "viewer" ? `${nameOf(person)} (viewing)` : nameOf(person);
  return face;
}
