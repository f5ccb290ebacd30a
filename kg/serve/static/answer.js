"use strict";
// The answer of a query as a table, a chart or a graph; things by their labels.
const ID = "https://w3id.org/mlperf-kg/id/";

function showAnswer(into, text, json) { // returns what it is, in words
  into.replaceChildren();
  const said = json ? JSON.parse(text) : triplesOf(text);
  if ("boolean" in said) {
    into.append(made("p", said.boolean ? "Yes." : "No.", "answer"));
    return said.boolean ? "yes" : "no";
  }
  const columns = said.head.vars, rows = said.results.bindings, labels = new Map();
  const views = { Table: () => tableOf(columns, rows, labels) };
  if (numbers(columns, rows).length) views.Chart = () => chartOf(columns, rows, labels);
  if (things(columns, rows).length > 1) views.Graph = (place) => graphOf(columns, rows, labels, place, !json);
  const tabs = made("p", undefined, "views"), place = made("div", undefined, "wide");
  for (const [key, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", "Answer"]]) place.setAttribute(key, value);
  const show = (name) => {
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab.textContent === name));
    place.replaceChildren();
    const content = views[name](place);
    if (content) place.append(content);
  };
  for (const name of Object.keys(views)) {
    const tab = made("button", name);
    tab.type = "button";
    tab.addEventListener("click", () => show(name));
    tabs.append(tab);
  }
  into.append(tabs, place);
  show("Table");
  labelled(rows, labels).then(() => show([...tabs.children].find((t) => t.getAttribute("aria-pressed") === "true").textContent));
  const count = json ? "row" : "triple";
  return `${rows.length} ${count}${rows.length === 1 ? "" : "s"}${rows.length > 1000 ? ", the first 1,000 shown" : ""}`;
}

function made(name, text, kind) {
  const node = document.createElement(name);
  if (text !== undefined) node.textContent = text;
  if (kind) node.className = kind;
  return node;
}

function triplesOf(text) { // N-Triples as rows
  const term = (token) => token.startsWith("<") ? { type: "uri", value: token.slice(1, -1) }
    : { type: token.startsWith("_:") ? "bnode" : "literal", value: token.startsWith('"') ? JSON.parse(token.match(/^"(?:[^"\\]|\\.)*"/)[0].replace(/\\'/g, "'")) : token };
  const rows = text.split("\n").filter(Boolean).map((line) => {
    const [, s, p, o] = line.match(/^(\S+) (\S+) (.*) \.$/);
    return { subject: term(s), predicate: term(p), object: term(o) };
  });
  return { head: { vars: ["subject", "predicate", "object"] }, results: { bindings: rows } };
}

const isNumber = (term) => term && term.type !== "uri" && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(term.value);
const numbers = (columns, rows) => columns.filter((c) => rows.some((r) => r[c]) && rows.every((r) => !r[c] || isNumber(r[c])));
const things = (columns, rows) => columns.filter((c) => rows.some((r) => r[c] && r[c].type === "uri"));
const short = (iri) => iri.startsWith(ID) ? iri.slice(ID.length) : iri.replace(/^.*[#/](?=.)/, "");

async function labelled(rows, labels) { // the labels of the things in the rows, as the graph has them
  const iris = [...new Set(rows.slice(0, 1000).flatMap((row) => Object.values(row)).filter((t) => t.type === "uri" && t.value.startsWith("http")).map((t) => t.value))].slice(0, 800);
  if (!iris.length) return;
  const query = `SELECT ?i (SAMPLE(?l) AS ?label) (SAMPLE(?t) AS ?type) { VALUES ?i { ${iris.map((i) => `<${i}>`).join(" ")} } ?i <http://www.w3.org/2000/01/rdf-schema#label> ?l . OPTIONAL { ?i a ?t FILTER(STRSTARTS(STR(?t), STR(mlp:))) } } GROUP BY ?i`;
  const reply = await fetch("/sparql", { method: "POST", body: new URLSearchParams({ query }), headers: { Accept: "application/sparql-results+json" } });
  if (!reply.ok) return;
  for (const row of (await reply.json()).results.bindings) if (row.label) labels.set(row.i.value, [row.label.value, row.type ? short(row.type.value) : ""]);
}

const words = (term, labels) => !term ? "" : term.type === "uri" ? (labels.get(term.value) || [short(term.value)])[0] : term.value;

function tableOf(columns, rows, labels) {
  const table = made("table"), head = made("thead"), body = made("tbody"), line = made("tr"), numeric = new Set(numbers(columns, rows));
  let order = { column: "", down: false };
  const fill = () => {
    const sorted = order.column ? [...rows].sort((a, b) => {
      const [one, other] = [a[order.column], b[order.column]];
      const by = numeric.has(order.column) ? (one?.value ?? Infinity) - (other?.value ?? Infinity) : words(one, labels).localeCompare(words(other, labels));
      return order.down ? -by : by;
    }) : rows;
    body.replaceChildren(...sorted.slice(0, 1000).map((row) => {
      const made_ = made("tr");
      for (const column of columns) {
        const cell = made("td", undefined, numeric.has(column) ? "number" : ""), term = row[column];
        if (term && term.type === "uri" && term.value.startsWith(ID)) {
          const link = made("a", words(term, labels));
          link.href = "/id/" + term.value.slice(ID.length);
          link.title = term.value;
          cell.append(link);
        } else {
          cell.textContent = words(term, labels);
          if (term && term.type === "uri") cell.title = term.value;
        }
        made_.append(cell);
      }
      return made_;
    }));
  };
  for (const column of columns) {
    const cell = made("th"), sort = made("button", column, "sort");
    cell.scope = "col";
    sort.type = "button";
    sort.addEventListener("click", () => {
      order = { column, down: order.column === column && !order.down };
      for (const other of line.children) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      fill();
    });
    cell.append(sort);
    line.append(cell);
  }
  fill();
  head.append(line);
  table.append(head, body);
  return table;
}

// a chart: bars of one number, or, of two, points

function chartOf(columns, rows, labels) {
  const box = made("div"), form = made("p", undefined, "views"), numeric = numbers(columns, rows), place = made("div");
  const choice = (text, names) => {
    const label = made("label", text + " "), select = made("select");
    for (const name of names) select.append(made("option", name));
    label.append(select);
    form.append(label);
    return select;
  };
  const texts = columns.filter((c) => !numeric.includes(c));
  const y = choice("number", [...numeric].reverse()), x = choice("by", [...texts, ...numeric]);
  const draw = () => place.replaceChildren(numeric.includes(x.value) ? points(rows, x.value, y.value) : bars(rows, texts, x.value, y.value, labels));
  x.addEventListener("change", draw);
  y.addEventListener("change", draw);
  draw();
  box.append(form, place);
  return box;
}

function svgOf(width, height, title) {
  const SVG = "http://www.w3.org/2000/svg", svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", title);
  svg.setAttribute("class", "chart");
  svg.setAttribute("width", width);
  const put = (name, attributes, text) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    svg.append(node);
    return node;
  };
  return [svg, put];
}

const shown = (number) => Number(number).toLocaleString("en", { maximumSignificantDigits: 5 });

function bars(rows, texts, x, y, labels) {
  const first = rows.filter((row) => row[y]).slice(0, 40), most = Math.max(...first.map((row) => Number(row[y].value)), 0);
  const name = (row) => words(row[x], labels) + (texts.length > 1 ? ` · ${texts.filter((c) => c !== x).map((c) => words(row[c], labels)).join(" · ")}` : "");
  const [svg, put] = svgOf(900, first.length * 24 + 30, `${y} by ${x}`);
  first.forEach((row, at) => {
    const text = name(row), value = Number(row[y].value);
    put("text", { x: 330, y: at * 24 + 17, "text-anchor": "end" }, text.length > 50 ? text.slice(0, 23) + " … " + text.slice(-23) : text);
    put("rect", { x: 338, y: at * 24 + 4, width: Math.max(1, (value / (most || 1)) * 470), height: 17 });
    put("text", { x: 344 + Math.max(1, (value / (most || 1)) * 470), y: at * 24 + 17 }, shown(value));
  });
  put("text", { x: 338, y: first.length * 24 + 20, class: "axis" }, y + (rows.length > first.length ? `, the first ${first.length} of ${rows.length} rows` : ""));
  return svg;
}

function points(rows, x, y) {
  const pairs = rows.filter((row) => row[x] && row[y]).slice(0, 2000).map((row) => [Number(row[x].value), Number(row[y].value)]);
  const [svg, put] = svgOf(900, 460, `${y} over ${x}`);
  const axis = (values, from, to) => {
    const low = Math.min(...values), high = Math.max(...values), log = low > 0 && high / low > 50, f = log ? Math.log : (v) => v;
    const at = (value) => from + ((f(value) - f(low)) / (f(high) - f(low) || 1)) * (to - from);
    const ticks = [0, 1, 2, 3, 4].map((n) => log ? low * (high / low) ** (n / 4) : low + ((high - low) * n) / 4);
    return [at, [...new Set(ticks)]];
  };
  const [atX, ticksX] = axis(pairs.map((p) => p[0]), 80, 870), [atY, ticksY] = axis(pairs.map((p) => p[1]), 400, 20);
  for (const tick of ticksX) { put("line", { x1: atX(tick), x2: atX(tick), y1: 20, y2: 400 }); put("text", { x: atX(tick), y: 418, "text-anchor": "middle" }, shown(tick)); }
  for (const tick of ticksY) { put("line", { x1: 80, x2: 870, y1: atY(tick), y2: atY(tick) }); put("text", { x: 72, y: atY(tick) + 4, "text-anchor": "end" }, shown(tick)); }
  for (const [a, b] of pairs) put("circle", { cx: atX(a).toFixed(1), cy: atY(b).toFixed(1), r: 4 });
  put("text", { x: 475, y: 445, class: "axis", "text-anchor": "middle" }, x);
  put("text", { x: 80, y: 12, class: "axis" }, y);
  return svg;
}

// a graph: the things of a row are tied to the first of them

function graphOf(columns, rows, labels, place, triples) {
  const nodes = new Map(), edges = new Map();
  const node = (term) => {
    if (!nodes.has(term.value) && nodes.size < 150) {
      const [label, type] = labels.get(term.value) || [short(term.value), ""];
      nodes.set(term.value, { at: nodes.size, label, type: type || "Thing", iri: term.value, literals: {}, x: 0, y: nodes.size * 26, w: 0 });
    }
    return nodes.get(term.value);
  };
  const tie = (one, name, other) => {
    const [a, b] = [node(one), node(other)];
    if (a && b && a !== b) edges.set([a.at, name, b.at].join(" "), { s: a.at, t: b.at, p: name });
  };
  const uri = (term) => term && term.type === "uri";
  for (const row of rows) {
    if (triples) { if (uri(row.subject) && uri(row.object)) tie(row.subject, short(row.predicate.value), row.object); continue; }
    const named = columns.filter((c) => uri(row[c]));
    for (const column of named.slice(1)) tie(row[named[0]], column, row[column]);
  }
  place.append(document.getElementById("network").content.cloneNode(true));
  const colours = JSON.parse(document.getElementById("colours").textContent);
  if (!nodes.size) { place.replaceChildren(made("p", "Nothing in this answer is tied to something else.")); return null; }
  explorer({ nodes: [...nodes.values()], edges: [...edges.values()], colours }, { href: (iri) => iri.startsWith(ID) ? "/id/" + iri.slice(ID.length) : iri }).arrange();
  return null;
}
