// What a page works out anew again and again, brought to the component that shows it, and what that one asks for. It
// shows nothing; both share the live client.

class Relay {
  constructor(data) {
    this.client = joinLive(data);
  }

  update(data, trigger) {
    this.told = data;
    this.ask = (wanted) => {
      pageAsks().sendUnlessLeft(() => this.client.relay === this && trigger("want", wanted));
      // The page that is asked for comes with the answer.
      if (wanted.go) pageAsks().leaveFor(wanted.go);
    };
    this.client.relay = this;
    this.client.emit("told", data);
  }

  end() {
    if (this.client.relay === this) this.client.relay = null;
    this.client.release();
  }
}

const relays = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (relays.get(parentElement)?.told.workshop !== data.workshop) {
    relays.get(parentElement)?.end();
    relays.set(parentElement, new Relay(data));
  }
  relays.get(parentElement).update(data, setTriggerValue);
  return () => {
    relays.get(parentElement)?.end();
    relays.delete(parentElement);
  };
}
