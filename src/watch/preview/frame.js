// Keeps the page in the frame as it is published: where it changed, what is other on it is put in the
// place of what it was, so that the reader's place, what has the focus and what is folded out stay;
// shows faults over it; lists what each save moved. Everything from the board is put
// down as text, never as markup.
"use strict";

const $ = (id) => document.getElementById(id);
const page = $("page");
let board = JSON.parse($("board").textContent);
let shown = 0;        // the generation of the page in the frame
let asked = 0;        // the generation of that which is on its way
let folded = false;   // whether the author folded the faults up
let movesClosed = false;
let mended = false;   // whether faults are gone and nobody was told yet
let place = null;     // where the reader was in the page that is loaded again
const times = new Map();

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function picture(into, pieces) {
  into.replaceChildren(...pieces.map(([text, looks]) => element("span", text, looks)));
}

function count(number, one, many) {
  return number === 1 ? `1 ${one}` : `${number} ${many}`;
}

// The path of the page in the frame, below `pages/`; null while there is none.
function path() {
  try {
    const parts = page.contentWindow.location.pathname.split("/pages/");
    return parts.length > 1 ? decodeURIComponent(parts.slice(1).join("/pages/")) : null;
  } catch {
    return null;
  }
}

function council() {
  const first = (path() || "").split("/")[0];
  return board.councils.find((one) => one.id === first);
}

function open(to) {
  asked = board.generation;
  const there = `pages/${to.split("/").map(encodeURIComponent).join("/")}`;
  page.contentWindow.location.replace(new URL(there, document.baseURI));
}

// Puts the page as it stands now into the frame.
async function renew(whole) {
  const generation = board.generation;
  asked = generation;
  const address = page.contentWindow.location.href;
  if (whole) return loadAgain();
  try {
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    // The reader may have gone on, or something newer be asked for.
    if (page.contentWindow.location.href !== address || asked !== generation) return undefined;
    outwards(next);
    put(page.contentDocument.documentElement, next.documentElement);
    shown = generation;
    page.title = page.contentDocument.title || "The page as it is published";
    return undefined;
  } catch {
    return asked === generation ? loadAgain() : undefined;
  }
}

// Makes an element what another is, and leaves alone what is the same.
function put(now, next) {
  if (now.isEqualNode(next)) return;
  if (now.nodeType !== Node.ELEMENT_NODE || now.nodeName !== next.nodeName) {
    now.replaceWith(next);
    return;
  }
  // What the reader has folded out stays so.
  const kept = (name) => name === "open" && now.localName === "details";
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name) && !kept(name)) now.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (now.getAttribute(name) !== value && !kept(name)) now.setAttribute(name, value);
  }
  const before = [...now.childNodes];
  const after = [...next.childNodes];
  // From both ends as far as they are of one kind, so that a row more moves no other.
  let head = 0;
  while (head < before.length && head < after.length && before[head].isEqualNode(after[head])) head += 1;
  let tail = 0;
  const last = (list) => list[list.length - 1 - tail];
  while (tail < Math.min(before.length, after.length) - head && last(before).isEqualNode(last(after))) tail += 1;
  const end = tail > 0 ? before[before.length - tail] : null;
  const gone = before.slice(head, before.length - tail);
  const come = after.slice(head, after.length - tail);
  come.forEach((one, at) => {
    if (at < gone.length) put(gone[at], one);
    else now.insertBefore(one, end);
  });
  gone.slice(come.length).forEach((one) => one.remove());
}

// What lies elsewhere does not open in the frame.
function outwards(within) {
  for (const link of within.querySelectorAll("a[href]")) {
    if (link.origin !== location.origin) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
  }
}

function loadAgain() {
  const inside = page.contentWindow;
  place = {
    path: path(),
    x: inside.scrollX,
    y: inside.scrollY,
    open: [...page.contentDocument.querySelectorAll("details")].map((one) => one.open),
  };
  inside.location.reload();
}

page.addEventListener("load", () => {
  const here = path();
  if (here === null) return;
  // Somebody who follows a link is shown what stands now.
  shown = place || asked > shown ? asked : board.generation;
  if (place && place.path === here) {
    const all = page.contentDocument.querySelectorAll("details");
    all.forEach((one, at) => { if (place.open[at] !== undefined) one.open = place.open[at]; });
    page.contentWindow.scrollTo({ left: place.x, top: place.y, behavior: "instant" });
  }
  place = null;
  outwards(page.contentDocument);
  page.title = page.contentDocument.title || "The page as it is published";
  choose();
  $("alone").href = `pages/${here.split("/").map(encodeURIComponent).join("/")}`;
  $("alone").hidden = false;
});

function choose() {
  const select = $("choose");
  const there = board.councils.filter((one) => one.page);
  const options = there.map((one) => {
    const option = element("option", one.faulty ? `${one.title} (fault)` : one.title);
    option.value = one.page;
    return option;
  });
  const all = element("option", "All councils");
  all.value = "index.html";
  select.replaceChildren(all, ...options);
  const own = council();
  select.value = own && own.page ? own.page : "index.html";
  document.querySelector(".choose").hidden = there.length < 2;
}

function state() {
  const faulty = board.errorCount > 0 || board.bugs.length > 0;
  let words;
  let kind;
  if (board.over) {
    [kind, words] = ["over", "The watch has ended. This is what it published last."];
  } else if (board.working.length > 0) {
    const names = board.working.length > 3 ? `${board.working.length} councils` : board.working.join(", ");
    [kind, words] = ["busy", `Working on ${names}`];
  } else if (faulty) {
    const number = board.errorCount > 0 ? count(board.errorCount, "fault", "faults") : "A bug in healthcheck";
    [kind, words] = ["faulty", board.first ? `${number}. Below stands the last good page.` : `${number}. Nothing is published yet.`];
  } else if (board.councils.length === 0) {
    [kind, words] = ["busy", "Waiting for the first run."];
  } else {
    [kind, words] = ["sound", summary()];
  }
  document.body.dataset.state = kind;
  say("state", words);
}

function summary() {
  const last = board.saves[0];
  if (!last) return "As it is published. Edit a script, data or a template and save.";
  const files = last.files.length > 2 ? `${last.files.length} files` : last.files.map((file) => file.split("/").pop()).join(" and ");
  if (last.pagesAlone) return `${files} saved: the pages were made again; no figure is worked out anew.`;
  const moved = last.councils.reduce((sum, one) => sum + one.moves.length + one.more, 0);
  return moved === 0
    ? `${files} saved: nothing that readers see has moved.`
    : `${files} saved: ${count(moved, "thing has", "things have")} moved.`;
}

function faults() {
  const faulty = board.errorCount > 0 || board.bugs.length > 0;
  const was = !$("faults").hidden;
  $("faults").hidden = !faulty;
  if (faulty) {
    $("faults-title").textContent = board.errorCount > 0 ? count(board.errorCount, "fault", "faults") : "A bug in healthcheck";
    $("faults-note").textContent = board.first
      ? "The page behind is the last good one, and stays published until this is mended."
      : "Nothing is published until this is mended.";
    const bugs = board.bugs.map((bug) => [`This is a bug in healthcheck: ${bug}\n`, "red"]);
    picture($("faults-picture"), [...board.errors, ...bugs]);
    const first = board.errors.length > 0 ? board.errors.map(([text]) => text).join("").split("\n")[0] : board.bugs[0];
    const number = $("faults-title").textContent;
    say("alarm", board.errorCount > 1 ? `${number}. The first: ${first}` : first);
    say("said", "");
    if (isNarrow() && !folded) show("moves", false);
  } else {
    folded = false;
    say("alarm", "");
    if (was) mended = true;
  }
  $("faults-body").hidden = folded;
  $("fold").setAttribute("aria-expanded", String(!folded));
  $("fold").textContent = folded ? "Show" : "Fold up";
  const warnings = board.warningCount > 0;
  $("show-warnings").hidden = !warnings;
  $("show-warnings").textContent = count(board.warningCount, "warning", "warnings");
  if (!warnings) show("warnings", false);
  picture($("warnings-picture"), board.warnings);
}

// For those who hear the page: put down only where it is another, or it would be said again.
function say(where, words) {
  if ($(where).textContent !== words) $(where).textContent = words;
}

// A fault is an alarm; that it is gone, and what a save moved, is told when it suits.
function tell() {
  const settled = document.body.dataset.state === "sound";
  if (!settled) return;
  if (mended || board.saves.length > 0) say("said", `${mended ? "Mended. " : ""}${summary()}`);
  mended = false;
}

// Where there is room for one of both, the faults or what changed.
function isNarrow() {
  return window.innerWidth <= 768;
}

function show(what, whether) {
  $(what).hidden = !whether;
  $(`show-${what}`).setAttribute("aria-expanded", String(whether));
}

function moves() {
  const all = board.saves.map((save) => {
    if (!times.has(save.number)) times.set(save.number, new Date());
    const made = element("article");
    const moved = save.councils.some((one) => one.moves.length > 0);
    made.append(element("h3", save.files.join(", ")));
    const when = times.get(save.number).toLocaleTimeString("en-GB");
    made.append(element("p", save.pagesAlone ? `${when}: pages made again` : when, "when"));
    for (const one of save.councils) {
      if (!one.published) {
        made.append(element("p", `${one.title}: not published; its last publication stays.`));
      }
      if (one.moves.length === 0) continue;
      if (save.councils.length > 1) made.append(element("h3", one.title));
      let sort = null;
      let list = null;
      for (const move of one.moves) {
        if (move.sort !== sort) {
          sort = move.sort;
          list = element("dl");
          made.append(element("h4", sort), list);
        }
        const values = element("dd");
        values.append(
          element("span", "from ", "hidden"), element("span", move.then, "then"),
          element("span", "→", "quiet"), element("span", " to ", "hidden"), element("span", move.now, "now"),
        );
        values.querySelector(".quiet").setAttribute("aria-hidden", "true");
        list.append(element("dt", move.what), values);
      }
      if (one.more > 0) made.append(element("p", `and ${one.more} more`, "quiet"));
    }
    if (!moved && !save.pagesAlone && save.councils.every((one) => one.published)) {
      made.append(element("p", "Nothing that readers see has moved.", "quiet"));
    }
    return made;
  });
  if (all.length === 0) return;
  $("saves").replaceChildren(...all);
  const last = board.saves[0];
  const moved = last.councils.some((one) => one.moves.length > 0);
  if (moved && !movesClosed && !isNarrow()) show("moves", true);
}

function draw() {
  const there = board.first !== null;
  page.hidden = !there;
  $("nothing").hidden = there;
  if (there) look();
  state();
  faults();
  tell();
  moves();
  choose();
}

// Whether the page in the frame is another by now: what else there is to be told can wait for it.
function look() {
  const own = council();
  const since = Math.max(shown, asked);
  if (path() === null) {
    open(board.first);
  } else if ((own ? own.published : board.index) > since) {
    renew(own && own.logo > since);
  }
}

async function listen() {
  for (;;) {
    try {
      const answer = await fetch(`board?since=${board.generation}`);
      if (!answer.ok) throw new Error(String(answer.status));
      board = await answer.json();
      draw();
      if (board.over) return;
    } catch {
      board.over = true;
      state();
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

$("choose").addEventListener("change", (event) => open(event.target.value));
$("fold").addEventListener("click", () => { folded = !folded; faults(); });
window.addEventListener("resize", () => { if (isNarrow() && !$("faults").hidden && !folded) show("moves", false); });
$("show-moves").addEventListener("click", () => {
  movesClosed = !$("moves").hidden;
  show("moves", !movesClosed);
  if (movesClosed) return;
  if (isNarrow() && !$("faults").hidden && !folded) $("fold").click();
  $("saves").focus();
});
$("close-moves").addEventListener("click", () => { movesClosed = true; show("moves", false); $("show-moves").focus(); });
$("show-warnings").addEventListener("click", () => {
  show("warnings", $("warnings").hidden);
  if (!$("warnings").hidden) $("warnings-picture").focus();
});
$("close-warnings").addEventListener("click", () => { show("warnings", false); $("show-warnings").focus(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!$("warnings").hidden) { $("close-warnings").click(); } else if (!$("moves").hidden) { $("close-moves").click(); }
});

draw();
listen();
