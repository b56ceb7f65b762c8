// What has changed in the room since the last message, in sentences for those who do not see it. No looks.

const PRIVATE_WORDS = "only you see your notes until they are revealed";

/** Return a sentence for everything that is different in the room. */
function changesOf(before, now, course) {
  const differs = (prop) => JSON.stringify(before[prop]) !== JSON.stringify(now[prop]);
  const said = [];
  if (differs("agenda") && now.agenda) said.push(agendaWords(course));
  else if (differs("agenda")) said.push("The agenda has ended.");
  else if (course.sentenceChanged(before, now)) said.push(`The room reads: ${course.sentence(course.entry)}`);
  if (differs("timer")) said.push(timerWords(before.timer, now.timer));
  if (differs("private")) said.push(now.private ? `Private writing: ${PRIVATE_WORDS}.` : "All notes are shown.");
  if (differs("locked")) said.push(now.locked.length ? `${lockedWords(now.locked)}.` : "Nothing is locked.");
  if (differs("hide_authors")) said.push(now.hide_authors ? "Authors are hidden." : "Authors are shown.");
  return [...said, ...roundWords(before, now)].filter(Boolean);
}

function agendaWords(course) {
  const { entry } = course;
  return entry ? `Now ${course.place()}: ${entry.title}. ${course.sentence(entry)}` : "The room has moved on.";
}

function timerWords(before, now) {
  if (!now) return "The timer was stopped.";
  if (!before || before.label !== now.label || Date.parse(now.ends_at) < Date.parse(before.ends_at)) {
    return `Timer: ${durationWords(now.seconds)}.`;
  }
  if (now.paused_at && !before.paused_at) return "The timer is paused.";
  if (before.paused_at && !now.paused_at) return "The timer goes on.";
  const more = now.seconds - before.seconds;
  return more > 0 ? `The timer has ${durationWords(more)} more.` : `Timer: ${durationWords(now.seconds)}.`;
}

function roundWords(before, now) {
  const begun = (round) => before[round]?.state !== now[round]?.state || before[round]?.round !== now[round]?.round;
  const said = [];
  if (begun("voting")) {
    if (now.voting?.state === "open") said.push(`A vote is open: ${plural(now.voting.budget, "dot")} each.`);
    if (now.voting?.state === "shown") said.push("The result of the vote is shown.");
  }
  if (begun("assessing")) {
    if (now.assessing?.state === "open") said.push("A blind round is open: nobody sees your answers yet.");
    if (now.assessing?.state === "shown") said.push("The blind answers are revealed.");
  }
  return said;
}

function lockedWords(locked) {
  return locked.includes(WHOLE_BOARD) ? "Board locked" : `${plural(locked.length, "block")} locked`;
}

function durationWords(seconds) {
  return seconds % 60 ? plural(seconds, "second") : plural(seconds / 60, "minute");
}
