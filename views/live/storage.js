// What this browser keeps for its user: unsent changes, half-typed text, this tab's undo steps. Nothing is shown here.
// Storage can be full, blocked or missing. A failed write is reported, never thrown: typing must go on.

const STORAGE_PREFIX = "stack-canvas";

/** Return "localStorage" or "sessionStorage" as an object, or null where the browser denies it (reading it throws). */
function storageArea(name) {
  try {
    return globalThis[name] ?? null;
  } catch {
    return null;
  }
}

const kept = {
  /** Return the value under `key`, or null when there is none or it cannot be read. */
  read(area, key) {
    try {
      return JSON.parse(storageArea(area)?.getItem(key) ?? "null");
    } catch {
      return null;
    }
  },

  /** Store `value`; return whether it is really kept. */
  write(area, key, value) {
    try {
      storageArea(area).setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },

  remove(area, key) {
    try {
      storageArea(area)?.removeItem(key);
    } catch {
      // A browser that denies storage has nothing to remove.
    }
  },

  /** Return the values of all keys that start with `prefix`. */
  all(area, prefix) {
    const store = storageArea(area);
    if (!store) return [];
    const keys = Array.from({ length: store.length }, (_, index) => store.key(index));
    return keys.filter((key) => key?.startsWith(prefix)).map((key) => this.read(area, key)).filter(Boolean);
  },
};

/** Return `length` random lower-case letters and digits. `crypto.randomUUID` needs TLS, `getRandomValues` does not. */
function randomId(length) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join("");
}
