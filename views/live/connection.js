// One WebSocket that stays up: opens, notices when it is dead, comes back with growing pauses. Knows no messages but
// ping and pong.

const PING_AFTER_MS = 20_000;
const PONG_WITHIN_MS = 8_000;
const CHECK_EVERY_MS = 4_000;
const OPEN_WITHIN_MS = 10_000;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 6_000;

// The server closes with these when trying again cannot help, and mostly says why in better words.
const FINAL_CLOSES = new Map([
  [4401, "This browser is not a member of this workshop any more. Open your invitation link again."],
  [4404, "This workshop does not exist any more."],
]);

class Connection {
  /** `on.open()`, `on.frame(frame)`, `on.down(reason)`; `reason` is a sentence when the connection is given up. */
  constructor(address, on) {
    this.address = address;
    this.on = on;
    this.socket = null;
    this.pause = FIRST_PAUSE_MS;
    this.stopped = false;
    this.wake = () => this.lookNow();
    this.gone = () => this.drop();
    addEventListener("online", this.wake);
    addEventListener("offline", this.gone);
    addEventListener("pageshow", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.checker = setInterval(() => this.check(), CHECK_EVERY_MS);
    this.connect();
  }

  connect() {
    clearTimeout(this.timer);
    if (this.stopped) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${this.address}`);
    this.socket = socket;
    this.openedAt = this.heardAt = Date.now();
    this.pingedAt = 0;
    socket.onopen = () => this.on.open();
    socket.onmessage = (message) => this.heard(message.data);
    socket.onclose = (event) => this.lost(event.code, event.reason);
  }

  heard(text) {
    this.heardAt = Date.now();
    this.pingedAt = 0;
    // Only a server that talks has accepted us; an accepted and closed socket must not reset the pause.
    this.pause = FIRST_PAUSE_MS;
    const frame = JSON.parse(text);
    if (frame.t !== "pong") this.on.frame(frame);
  }

  lost(code, said = "") {
    this.socket = null;
    const reason = FINAL_CLOSES.has(code) ? said || FINAL_CLOSES.get(code) : null;
    if (reason) this.stop();
    this.on.down(reason);
    this.connectLater();
  }

  connectLater() {
    if (this.stopped) return;
    // Jitter, so that a room full of browsers does not come back in the same instant after a restart.
    this.timer = setTimeout(() => this.connect(), this.pause * (0.6 + 0.4 * Math.random()));
    this.pause = Math.min(this.pause * 1.7, LONGEST_PAUSE_MS);
  }

  /** Send a frame; return false when the socket is not open. */
  send(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Find out whether a quiet socket still lives. A laptop that slept keeps a dead one without being told. */
  check() {
    const now = Date.now();
    if (!this.socket) return;
    if (this.socket.readyState === WebSocket.CONNECTING) {
      if (now - this.openedAt > OPEN_WITHIN_MS) this.drop();
    } else if (this.pingedAt) {
      if (now - this.pingedAt > PONG_WITHIN_MS) this.drop();
    } else if (now - this.heardAt > PING_AFTER_MS) {
      this.ping();
    }
  }

  ping() {
    this.pingedAt = Date.now();
    this.send({ t: "ping" });
  }

  /** The network or the tab came back: do not wait for the pause or the next heartbeat. */
  lookNow() {
    if (this.stopped || document.visibilityState === "hidden") return;
    if (this.socket?.readyState === WebSocket.OPEN) {
      if (!this.pingedAt) this.ping();
    } else if (!this.socket) {
      this.connect();
    }
  }

  /** Give up on the present socket and open a new one. */
  drop() {
    if (this.socket) {
      this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
      this.socket.close();
      this.lost(0);
    }
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    clearInterval(this.checker);
    removeEventListener("online", this.wake);
    removeEventListener("offline", this.gone);
    removeEventListener("pageshow", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    if (this.socket) {
      this.socket.onclose = null;
      this.socket.close();
      this.socket = null;
    }
  }
}
