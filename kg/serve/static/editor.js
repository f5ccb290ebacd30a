"use strict";
const area = document.getElementById("text");
const list = document.getElementById("suggestions");
const answer = document.getElementById("answer");
const state = document.getElementById("state");
const words = [
  ..."SELECT CONSTRUCT DESCRIBE ASK WHERE FILTER OPTIONAL UNION GRAPH BIND VALUES EXISTS MINUS DISTINCT COUNT".split(" "),
  "ORDER BY", "GROUP BY", "HAVING", "LIMIT", "OFFSET",
  ...JSON.parse(document.getElementById("words").textContent),
];
let chosen = 0;

if (location.hash.length > 1) area.value = decodeURIComponent(location.hash.slice(1));

document.getElementById("example").addEventListener("change", async (event) => {
  if (event.target.value) area.value = await (await fetch("/queries/" + event.target.value + "/text")).text();
});

function typed() {
  return area.value.slice(0, area.selectionStart).match(/[?\w:-]*$/)[0];
}

function suggest() {
  const word = typed();
  const variables = [...new Set(area.value.match(/\?\w+/g) || [])];
  const found = word.length < 2 ? [] : [...variables, ...words].filter((w) => w !== word && w.toLowerCase().includes(word.toLowerCase())).slice(0, 12);
  chosen = 0;
  list.hidden = found.length === 0;
  list.replaceChildren(...found.map((text, at) => {
    const item = document.createElement("li");
    item.textContent = text;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(at === 0));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(text); });
    return item;
  }));
}

function take(text) {
  const end = area.selectionStart, start = end - typed().length;
  area.setRangeText(text, start, end, "end");
  list.hidden = true;
  area.focus();
}

function move(by) {
  const items = [...list.children];
  items[chosen].setAttribute("aria-selected", "false");
  chosen = (chosen + by + items.length) % items.length;
  items[chosen].setAttribute("aria-selected", "true");
  items[chosen].scrollIntoView({ block: "nearest" });
}

area.addEventListener("input", suggest);
area.addEventListener("blur", () => { list.hidden = true; });
area.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); return; }
  if (event.key === " " && event.ctrlKey) { event.preventDefault(); suggest(); return; }
  if (list.hidden) return;
  if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
  else if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
  else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(list.children[chosen].textContent); }
  else if (event.key === "Escape") { list.hidden = true; }
});

const ID = "https://w3id.org/mlperf-kg/id/";
function cell(term) {
  const made = document.createElement("td");
  if (!term) return made;
  if (term.type === "uri" && term.value.startsWith(ID)) {
    const link = document.createElement("a");
    link.textContent = term.value.slice(ID.length);
    link.href = "/id/" + term.value.slice(ID.length);
    made.append(link);
  } else made.textContent = term.value;
  return made;
}

function row(name, texts) {
  const line = document.createElement("tr");
  line.append(...texts.map((text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }));
  return line;
}

async function run() {
  location.hash = encodeURIComponent(area.value);
  state.textContent = "asking …";
  answer.replaceChildren();
  const began = performance.now();
  let reply, text;
  try {
    reply = await fetch("/sparql", {
      method: "POST", body: new URLSearchParams({ query: area.value }),
      headers: { Accept: "application/sparql-results+json, text/turtle;q=0.9" },
    });
    text = await reply.text();
  } catch (error) {
    state.textContent = "the server cannot be reached";
    return;
  }
  const took = ((performance.now() - began) / 1000).toFixed(2) + " s";
  if (!reply.ok) { state.textContent = text.trim(); return; }
  if (!reply.headers.get("content-type").includes("json")) {
    const pre = document.createElement("pre");
    pre.textContent = text;
    answer.append(pre);
    state.textContent = "a graph, " + took;
    return;
  }
  const said = JSON.parse(text);
  if ("boolean" in said) { state.textContent = (said.boolean ? "yes" : "no") + ", " + took; return; }
  const rows = said.results.bindings, shown = rows.slice(0, 1000);
  const table = document.createElement("table");
  const head = document.createElement("thead"), body = document.createElement("tbody");
  head.append(row("th", said.head.vars));
  for (const each of shown) {
    const line = document.createElement("tr");
    line.append(...said.head.vars.map((name) => cell(each[name])));
    body.append(line);
  }
  table.append(head, body);
  answer.append(table);
  state.textContent = rows.length + " rows" + (rows.length > shown.length ? ", the first 1,000 shown, " : ", ") + took;
}
document.getElementById("run").addEventListener("click", run);
