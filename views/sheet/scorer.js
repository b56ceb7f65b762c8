// The part of the sheet that runs by itself: brings what the server makes of the answers, and asks for it again. It shows
// nothing; the sheet hears of it through the live client that both share.

class Scorer {
  constructor(data) {
    this.client = joinLive(data);
  }

  update(data, trigger) {
    this.told = data;
    this.ask = (wanted) => trigger("want", wanted);
    this.client.scorer = this;
    this.client.emit("scored", data);
  }

  end() {
    if (this.client.scorer === this) this.client.scorer = null;
    this.client.release();
  }
}

const scorers = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (scorers.get(parentElement)?.told.workshop !== data.workshop) {
    scorers.get(parentElement)?.end();
    scorers.set(parentElement, new Scorer(data));
  }
  scorers.get(parentElement).update(data, setTriggerValue);
  return () => {
    scorers.get(parentElement)?.end();
    scorers.delete(parentElement);
  };
}
