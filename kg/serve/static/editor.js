"use strict";
// The SPARQL editor: coloured text behind a transparent textarea, completion, the place of an error, history.
{
  const byId = (id) => document.getElementById(id);
  const area = byId("text"), coloured = byId("coloured"), list = byId("suggestions"), state = byId("state"), past = byId("history");
  const TOKEN = /(?<string>"{3}[^]*?"{3}|'{3}[^]*?'{3}|"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?)|(?<iri><[^<>"{}|^`\\\s]*>)|(?<comment>#[^\r\n]*)|(?<variable>[?$][\w]+)|(?<name>(?:[\p{L}][\w.-]*)?:[\w:%\\.-]*)|(?<word>[\p{L}_]\w*)|(?<number>\d+(?:\.\d+)?)/gu;
  const KEYWORDS = "SELECT CONSTRUCT DESCRIBE ASK WHERE FILTER OPTIONAL UNION GRAPH BIND VALUES EXISTS MINUS DISTINCT AS IN NOT FROM NAMED PREFIX BASE ORDER GROUP BY HAVING LIMIT OFFSET ASC DESC REDUCED UNDEF".split(" ");
  const FUNCTIONS = "COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT STR LANG DATATYPE BOUND IRI IF COALESCE REGEX REPLACE CONTAINS STRSTARTS STRENDS STRLEN SUBSTR UCASE LCASE CONCAT ABS ROUND CEIL FLOOR YEAR NOW".split(" ");
  const known = new Set([...KEYWORDS, ...FUNCTIONS]);
  const terms = JSON.parse(byId("words").textContent); // [[curie, what it is, definition], …]
  let chosen = 0, offered = [], fault = -1;

  // colour

  function paint() {
    const parts = [], text = area.value;
    let last = 0, marked = false;
    const part = (from, to, kind) => {
      if (from === to) return;
      const made = document.createElement("span");
      made.textContent = text.slice(from, to);
      if (kind) made.className = kind;
      if (!marked && fault >= 0 && to > fault) { made.classList.add("fault"); marked = true; }
      parts.push(made);
    };
    for (const match of text.matchAll(TOKEN)) {
      let kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
      if (kind === "word") kind = known.has(match[0].toUpperCase()) || match[0] === "a" ? "keyword" : "";
      part(last, match.index, "");
      part(match.index, match.index + match[0].length, kind && "t-" + kind);
      last = match.index + match[0].length;
    }
    part(last, text.length, "");
    coloured.replaceChildren(...parts, "\n");
    scroll();
  }

  function scroll() { coloured.scrollTop = area.scrollTop; coloured.scrollLeft = area.scrollLeft; }

  function put(text) { area.value = text; fault = -1; paint(); }

  // the place of an error, from the line and column that the server says

  function blame(said) {
    const found = said.match(/^line (\d+), column (\d+)/);
    area.setAttribute("aria-invalid", String(Boolean(said)));
    if (!found) { fault = -1; paint(); return; }
    const before = area.value.split("\n").slice(0, found[1] - 1).reduce((sum, line) => sum + line.length + 1, 0);
    fault = Math.min(before + Number(found[2]) - 1, Math.max(0, area.value.trimEnd().length - 1));
    paint();
  }

  // completion

  const typed = () => area.value.slice(0, area.selectionStart).match(/[?$]?[\p{L}\w:-]*$/u)[0];

  async function suggest(all) {
    const word = typed(), low = word.toLowerCase(), before = area.value.slice(0, area.selectionStart - word.length);
    if (word.length < 2 && !all) { close(); return; }
    const variables = [...new Set(area.value.match(/[?$]\w+/g) || [])].map((name) => [name, "variable", ""]);
    const first = /[\s;{]a\s+$/.test(before) ? "class" : "property";
    const pool = [...variables, ...[...terms].sort((a, b) => (b[1] === first) - (a[1] === first)), ...[...KEYWORDS, ...FUNCTIONS].map((w) => [w, "SPARQL", ""])];
    const fits = ([name]) => name !== word && name.toLowerCase().includes(low);
    const begins = ([name]) => name.toLowerCase().startsWith(low) || name.toLowerCase().split(":")[1]?.startsWith(low);
    const found = pool.filter(fits);
    offer([...found.filter(begins), ...found.filter((entry) => !begins(entry))].slice(0, 12));
    if (word.length < 3 || /[:?$]/.test(word)) return;
    const reply = await fetch("/complete?" + new URLSearchParams({ text: word, iri: "yes" }));
    if (typed() !== word) return;
    offer([...offered.filter((entry) => entry[1] !== "thing").slice(0, 8), ...(await reply.json()).slice(0, 6).map(([label, iri]) => [`<${iri}>`, "thing", label])]);
  }

  function offer(entries) {
    offered = entries;
    chosen = 0;
    if (!entries.length) { close(); return; }
    list.replaceChildren(...entries.map(([name, kind, said], at) => {
      const item = document.createElement("li"), hint = document.createElement("small");
      item.id = "suggestion-" + at;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(at === 0));
      hint.textContent = said && kind !== "thing" ? `${kind}: ${said.slice(0, 90)}` : kind;
      item.append(kind === "thing" ? said : name, " ", hint);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(at); });
      return item;
    }));
    list.hidden = false;
    area.setAttribute("aria-activedescendant", "suggestion-0");
    const caret = place(area.selectionStart - typed().length), box = list.parentNode.getBoundingClientRect();
    list.style.left = Math.max(0, Math.min(caret.left - box.left, box.width - list.offsetWidth)) + "px";
    list.style.top = caret.bottom - box.top + 4 + "px";
  }

  function place(offset) { // where a character stands, measured in the coloured text
    const walker = document.createTreeWalker(coloured, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (offset <= node.length) {
        const range = document.createRange();
        range.setStart(node, offset);
        range.setEnd(node, Math.min(offset + 1, node.length));
        return range.getBoundingClientRect();
      }
      offset -= node.length;
    }
    return area.getBoundingClientRect();
  }

  function close() { list.hidden = true; area.removeAttribute("aria-activedescendant"); }

  function take(at) {
    const end = area.selectionStart, start = end - typed().length;
    area.setRangeText(offered[at][0], start, end, "end");
    close();
    paint();
    area.focus();
  }

  function move(by) {
    list.children[chosen].setAttribute("aria-selected", "false");
    chosen = (chosen + by + offered.length) % offered.length;
    list.children[chosen].setAttribute("aria-selected", "true");
    list.children[chosen].scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", "suggestion-" + chosen);
  }

  area.addEventListener("input", () => { fault = -1; paint(); suggest(false); });
  area.addEventListener("scroll", scroll);
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); close(); run(); return; }
    if (event.key === " " && event.ctrlKey) { event.preventDefault(); suggest(true); return; }
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
    else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(chosen); }
    else if (event.key === "Escape") close();
  });

  // history

  function earlier() {
    try { return JSON.parse(localStorage.getItem("queries") || "[]"); } catch { return []; }
  }

  function remember(text) {
    const all = [text, ...earlier().filter((other) => other !== text)].slice(0, 30);
    try { localStorage.setItem("queries", JSON.stringify(all)); } catch { /* a browser may keep nothing */ }
    showPast();
  }

  function showPast() {
    const all = earlier(), head = past.options[0];
    past.replaceChildren(head, ...all.map((text, at) => {
      const option = document.createElement("option");
      option.value = String(at);
      option.textContent = text.replace(/\s+/g, " ").slice(0, 90);
      return option;
    }));
    past.closest("label").hidden = all.length === 0;
  }

  past.addEventListener("change", () => { if (past.value) put(earlier()[past.value]); });
  byId("example").addEventListener("change", async (event) => {
    if (event.target.value) put(await (await fetch("/queries/" + event.target.value + "/text")).text());
  });

  // asking

  async function run() {
    location.hash = encodeURIComponent(area.value);
    state.textContent = "asking …";
    const began = performance.now();
    try {
      const reply = await fetch("/sparql", {
        method: "POST", body: new URLSearchParams({ query: area.value }),
        headers: { Accept: "application/sparql-results+json, application/n-triples;q=0.9" },
      });
      const text = await reply.text();
      blame(reply.ok ? "" : text.trim());
      state.classList.toggle("error", !reply.ok);
      if (!reply.ok) { state.textContent = text.trim(); return; }
      remember(area.value);
      const said = showAnswer(byId("answer"), text, reply.headers.get("content-type").includes("json"));
      state.textContent = `${said}, ${((performance.now() - began) / 1000).toFixed(2)} s`;
    } catch (error) {
      state.textContent = error instanceof TypeError ? "the server cannot be reached" : String(error);
    }
  }

  byId("ask").addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.id !== "run") return; // CSV and the others are files that the server sends
    event.preventDefault();
    run();
  });

  if (location.hash.length > 1) area.value = decodeURIComponent(location.hash.slice(1));
  document.querySelector(".layers").classList.add("on");
  for (const label of document.querySelectorAll(".scripted")) label.hidden = false;
  paint();
  showPast();
}
