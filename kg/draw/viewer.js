"use strict";
// A picture of things and their relations: zoom, drag, search, evidence, neighbours in place, save.
// data: { nodes: [{label, type, iri, literals, x, y, w}], edges: [{s, t, p, e, n, r}], colours }
// options: more(iri), a promise of further data; href(iri), where a thing is shown; results(edge), where those are that have no r
function explorer(data, options = {}) {
  const byId = (id) => document.getElementById(id);
  const svg = byId("picture"), panel = byId("panel");
  const SVG = "http://www.w3.org/2000/svg", ROW = 26, SPACE = 170, HEIGHT = 20;
  const nodes = [], edges = [], byIri = new Map(), hidden = new Set();
  let chosen = null;

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const drawn = (name, attributes, parent) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent.append(made);
    return made;
  };
  const words = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  const colour = (type) => data.colours[type] || "#444444";
  const tint = (hex) => "#" + [1, 3, 5].map((at) => {
    const light = 255 - Math.floor((255 - parseInt(hex.slice(at, at + 2), 16)) / 8);
    return light.toString(16).padStart(2, "0");
  }).join("");

  svg.replaceChildren();
  const layers = ["edges", "said", "nodes"].map((name) => drawn("g", { class: name }, svg));

  // things

  function place(node) {
    node.g.setAttribute("transform", `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`);
    for (const edge of edges) if (edge.from === node || edge.to === node) route(edge);
  }

  function addNode(said) {
    const node = { ...said, pinned: false };
    node.g = drawn("g", { class: "node", "data-type": node.type, tabindex: "0", role: "button", "aria-label": `${node.label}, ${node.type}` }, layers[2]);
    const box = drawn("rect", { height: HEIGHT, rx: 5, fill: tint(colour(node.type)), stroke: colour(node.type) }, node.g);
    drawn("rect", { class: "mark", width: 5, height: HEIGHT, rx: 2, fill: colour(node.type) }, node.g);
    const text = drawn("text", { x: 11, y: 14 }, node.g);
    text.textContent = node.label;
    node.w = Math.max(said.w || 0, text.getComputedTextLength() + 20);
    box.setAttribute("width", node.w.toFixed(1));
    const literals = Object.entries(node.literals).map(([k, v]) => `${words(k)}: ${v.join(", ")}`);
    drawn("title", {}, node.g).textContent = [`${node.label} (${node.type})`, ...literals].join("\n");
    node.g.addEventListener("pointerenter", () => { if (chosen === null && !held) around(node); });
    node.g.addEventListener("pointerleave", () => { if (chosen === null && !held) light(null, null); });
    node.g.addEventListener("focus", () => { if (chosen === null) around(node); });
    node.g.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(node); }
    });
    node.g.addEventListener("dblclick", () => grow(node));
    nodes.push(node);
    byIri.set(node.iri, node);
    return node;
  }

  function addEdge(said, from, to) {
    if (edges.some((e) => e.from === from && e.to === to && e.p === said.p)) return;
    const kind = said.n ? "edge record" : "edge";
    const edge = { ...said, from, to, path: drawn("path", { class: kind, fill: "none", stroke: "#8c959f" }, layers[0]), wide: drawn("path", { class: "edge wide", fill: "none", stroke: "none" }, layers[0]) };
    edge.text = drawn("text", { class: "relation" }, layers[1]);
    edge.text.textContent = words(said.p) + (said.n > 1 ? ` (${said.n})` : "");
    edge.wide.addEventListener("click", () => showEdge(edge));
    edge.wide.addEventListener("pointerenter", () => { if (chosen === null) light(new Set([from, to]), new Set([edge])); });
    edge.wide.addEventListener("pointerleave", () => { if (chosen === null) light(null, null); });
    edges.push(edge);
    route(edge);
  }

  function route(edge) {
    let [a, b] = [edge.from, edge.to];
    const shift = edge.n ? 4 : 0;
    if (a.x > b.x) [a, b] = [b, a];
    const y1 = a.y + HEIGHT / 2 + shift, y2 = b.y + HEIGHT / 2 + shift;
    let points;
    if (b.x < a.x + a.w) { // one above the other: a bow on the right
      const x1 = a.x + a.w, x2 = b.x + b.w, bow = Math.max(x1, x2) + 30 + Math.abs(y2 - y1) * 0.25;
      points = [x1, y1, bow, y1, bow, y2, x2, y2];
    } else {
      const x1 = a.x + a.w, x2 = b.x, middle = (x2 - x1) * 0.5;
      points = [x1, y1, x1 + middle, y1, x2 - middle, y2, x2, y2];
    }
    const [p, q, r, s, t, u, v, w] = points.map((value) => Number(value.toFixed(1)));
    for (const path of [edge.path, edge.wide]) path.setAttribute("d", `M${p} ${q}C${r} ${s} ${t} ${u} ${v} ${w}`);
    // the words stand near the end with fewer lines, so that they are apart
    const k = degree(a) > degree(b) ? 0.7 : 0.3, m = 1 - k;
    const beside = edges.some((e) => e !== edge && e.from === edge.from && e.to === edge.to) ? (edge.n ? 5 : -5) : 0;
    const at = (one, two, three, four) => m ** 3 * one + 3 * m * m * k * two + 3 * m * k * k * three + k ** 3 * four;
    edge.text.setAttribute("x", at(p, r, t, v).toFixed(1));
    edge.text.setAttribute("y", (at(q, s, u, w) + 3 + beside).toFixed(1));
  }

  const degree = (node) => edges.filter((e) => e.from === node || e.to === node).length;

  function free(x, y, width, moving) {
    return !nodes.some((n) => n !== moving && n.x < x + width + 12 && x < n.x + n.w + 12 && n.y < y + ROW && y < n.y + ROW);
  }

  function put(node, x, y) { // at the place that is nearest to a height and free
    for (let step = 0; step < 400; step++) {
      for (const sign of [1, -1]) {
        const tried = y + sign * step * ROW / 2;
        if (free(x, tried, node.w, node)) { node.x = x; node.y = tried; place(node); return; }
      }
    }
  }

  function add(more, centre) {
    const made = more.nodes.map((said) => byIri.get(said.iri) || said);
    const fresh = new Set(made.filter((said) => !said.g));
    const points = (at) => more.edges.some((e) => made[e.s] === at && more.nodes[e.t].iri === centre.iri);
    const left = new Set(more.nodes.map((_, at) => made[at]).filter((at) => fresh.has(at) && points(at)));
    more.nodes.forEach((said, at) => { if (fresh.has(made[at])) { const onLeft = left.has(made[at]); made[at] = addNode({ ...said, w: 0, x: 0, y: -1e6 }); made[at].onLeft = onLeft; made[at].fresh = true; } });
    more.edges.forEach((e) => addEdge(e, made[e.s], made[e.t]));
    const came = made.filter((node) => node.fresh);
    for (const side of [true, false]) {
      const column = came.filter((node) => node.onLeft === side).sort((a, b) => a.type.localeCompare(b.type) || a.label.localeCompare(b.label));
      const widest = Math.max(0, ...column.map((node) => node.w));
      column.forEach((node, at) => put(node, side ? centre.x - SPACE - widest : centre.x + centre.w + SPACE, centre.y + (at - (column.length - 1) / 2) * ROW));
    }
    came.forEach((node) => { delete node.fresh; delete node.onLeft; });
    edges.forEach(route);
    keys();
    return came.length;
  }

  async function grow(node) {
    if (!options.more) return;
    const state = byId("state");
    state.textContent = "loading …";
    try {
      const more = await options.more(node.iri), count = add(more, node);
      choose(node);
      state.textContent = count ? `${count} things more` : "all its neighbours are here";
      if (count) fit([node, ...more.nodes.map((n) => byIri.get(n.iri))]);
    } catch (error) {
      state.textContent = String(error.message || error);
    }
  }

  function arrange() { // columns by the steps from the chosen or the best connected thing; pinned things stay
    const root = chosen || nodes.reduce((best, node) => (degree(node) > degree(best) ? node : best));
    const column = new Map([[root, 0]]), queue = [root];
    while (queue.length) {
      const node = queue.shift(), here = column.get(node);
      for (const e of edges) {
        const other = e.from === node ? e.to : e.to === node ? e.from : null;
        if (other && !column.has(other)) {
          column.set(other, here === 0 ? (e.from === node ? 1 : -1) : here + Math.sign(here));
          queue.push(other);
        }
      }
    }
    const last = Math.max(...column.values()) + 1;
    nodes.forEach((node) => { if (!column.has(node)) column.set(node, last); });
    const moving = nodes.filter((node) => !node.pinned);
    moving.forEach((node) => { node.y = -1e6; });
    let x = 0;
    for (const key of [...new Set(column.values())].sort((a, b) => a - b)) {
      const members = moving.filter((node) => column.get(node) === key).sort((a, b) => a.type.localeCompare(b.type) || a.label.localeCompare(b.label));
      members.forEach((node, at) => put(node, x, (at - (members.length - 1) / 2) * ROW));
      x += Math.max(0, ...nodes.filter((node) => column.get(node) === key).map((node) => node.w)) + SPACE;
    }
    edges.forEach(route);
    fit(nodes);
  }

  // what is said

  function light(keep, lit) {
    nodes.forEach((n) => n.g.classList.toggle("faded", keep !== null && !keep.has(n)));
    edges.forEach((e) => {
      for (const part of [e.path, e.text]) {
        part.classList.toggle("lit", keep !== null && lit.has(e));
        part.classList.toggle("faded", keep !== null && !lit.has(e));
      }
    });
  }

  function around(node) {
    const lit = new Set(edges.filter((e) => e.from === node || e.to === node));
    light(new Set([node, ...[...lit].flatMap((e) => [e.from, e.to])]), lit);
    return lit;
  }

  function evidence(into, edge) {
    for (const item of edge.e || []) {
      const where = element("div", `${item.statement}, ${item.start}–${item.end} `, "place");
      if (item.restated) where.append(element("span", "restated, not the vendor's words", "restated"));
      into.append(element("blockquote", `“${item.quote}”`), where);
      const said = Object.entries(item.qualifiers).map(([k, v]) => `${words(k)} ${v}`).join("; ");
      if (said) into.append(element("div", said, "place"));
    }
    if (!edge.n) return;
    const many = edge.n === 1 ? "1 official result" : `${edge.n} official results`;
    if (!edge.r) {
      const all = element("a", many);
      all.href = options.results(edge);
      into.append(all);
      return;
    }
    into.append(element("div", many + (edge.n > edge.r.length ? ", the fastest" : ""), "place"));
    const list = element("ul");
    for (const result of edge.r) {
      const item = element("li", result.label);
      if (result.minutes !== null) item.append(`: ${result.minutes.toFixed(3)} min`);
      list.append(item);
    }
    into.append(list);
  }

  function button(text, act) {
    const made = element("button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  const link = (node) => button(node.label, () => { choose(node); node.g.focus(); });

  function choose(node) {
    chosen = node;
    const lit = around(node);
    nodes.forEach((n) => n.g.classList.toggle("chosen", n === node));
    const acts = element("p", undefined, "acts");
    if (options.more) acts.append(button("Add its neighbours", () => grow(node)));
    if (options.href) {
      const all = element("a", "All that is known");
      all.href = options.href(node.iri);
      acts.append(all);
    }
    acts.append(button(node.pinned ? "Unpin" : "Pin", () => { pin(node, !node.pinned); choose(node); }));
    panel.replaceChildren(element("h2", node.label), element("div", `${node.type} · ${node.iri}`, "kind"), acts);
    const list = element("dl");
    for (const [name, values] of Object.entries(node.literals)) list.append(element("dt", words(name)), element("dd", values.join(", ")));
    if (list.children.length) panel.append(list);
    for (const e of [...lit].sort((a, b) => a.p.localeCompare(b.p) || a.to.label.localeCompare(b.to.label))) {
      const head = element("h3");
      if (e.from === node) head.append(`${words(e.p)} `, link(e.to)); else head.append(link(e.from), ` ${words(e.p)}`);
      panel.append(head);
      evidence(panel, e);
    }
    panel.scrollTop = 0;
  }

  function showEdge(edge) {
    chosen = edge.from;
    light(new Set([edge.from, edge.to]), new Set([edge]));
    const head = element("h2");
    head.append(link(edge.from), ` ${words(edge.p)} `, link(edge.to));
    panel.replaceChildren(head);
    evidence(panel, edge);
  }

  function clear() {
    chosen = null;
    light(null, null);
    nodes.forEach((n) => n.g.classList.remove("chosen"));
  }

  function pin(node, on) {
    node.pinned = on;
    node.g.classList.toggle("pinned", on);
  }

  // search, and which kinds are shown

  byId("find").addEventListener("input", (event) => {
    const asked = event.target.value.trim().toLowerCase();
    const found = nodes.filter((n) => asked && n.label.toLowerCase().includes(asked));
    nodes.forEach((n) => n.g.classList.toggle("found", found.includes(n)));
    const exact = found.find((n) => n.label.toLowerCase() === asked) || (found.length === 1 ? found[0] : undefined);
    if (exact) { choose(exact); fit([exact]); } else clear();
  });

  function keys() {
    const kinds = [...new Set(nodes.map((n) => n.type))], record = edges.some((e) => e.n);
    const names = [...Object.keys(data.colours).filter((k) => kinds.includes(k)), ...kinds.filter((k) => !data.colours[k]), ...(record ? ["official results"] : [])];
    byId("legend").replaceChildren(byId("legend").querySelector("legend"), ...names.map((kind) => {
      const label = element("label"), box = element("input");
      box.type = "checkbox";
      box.checked = !hidden.has(kind);
      box.addEventListener("change", () => { if (box.checked) hidden.delete(kind); else hidden.add(kind); show(); });
      const key = drawn("svg", { class: "key", width: 12, height: 12, "aria-hidden": "true" }, label);
      drawn("rect", { width: 12, height: 12, rx: 2, fill: kind === "official results" ? "#0a58ca" : colour(kind) }, key);
      label.prepend(box);
      label.append(words(kind));
      return label;
    }));
    byId("names").replaceChildren(...nodes.map((n) => { const made = element("option"); made.value = n.label; return made; }));
    svg.classList.toggle("few", edges.length <= 40);
    show();
  }

  function show() {
    nodes.forEach((n) => n.g.classList.toggle("hidden", hidden.has(n.type)));
    for (const e of edges) {
      const off = hidden.has(e.from.type) || hidden.has(e.to.type) || (e.n > 0 && hidden.has("official results"));
      for (const part of [e.path, e.wide, e.text]) part.classList.toggle("hidden", off);
    }
  }

  // pan and zoom

  const view = () => svg.viewBox.baseVal;
  const set = (x, y, w, h) => svg.setAttribute("viewBox", [x, y, w, h].join(" "));
  const bounds = (of) => {
    const [x, y] = [Math.min(...of.map((n) => n.x)), Math.min(...of.map((n) => n.y))];
    return [x, y, Math.max(...of.map((n) => n.x + n.w)) - x, Math.max(...of.map((n) => n.y + HEIGHT)) - y];
  };

  function fit(of, least = 0.75, most = 1.3) { // so that all are seen, but never smaller than can be read
    const [x, y, w, h] = bounds(of), wide = svg.clientWidth, high = svg.clientHeight;
    const scale = Math.min(most, Math.max(least, Math.min(wide / (w + 60), high / (h + 40))));
    const [seenW, seenH] = [wide / scale, high / scale];
    set(w + 60 > seenW ? x - 30 : x - (seenW - w) / 2, h + 40 > seenH ? y - 20 : y - (seenH - h) / 2, seenW, seenH);
  }

  function zoom(factor, cx, cy) {
    const v = view(), w = Math.min(20000, Math.max(120, v.width * factor)), k = w / v.width;
    set(cx - (cx - v.x) * k, cy - (cy - v.y) * k, w, v.height * k);
  }
  const point = (event) => {
    const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [p.x, p.y];
  };
  svg.addEventListener("wheel", (event) => { event.preventDefault(); zoom(event.deltaY > 0 ? 1.15 : 0.87, ...point(event)); }, { passive: false });
  let held = null;
  svg.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".wide")) return;
    const g = event.target.closest(".node"), node = nodes.find((n) => n.g === g);
    held = { x: event.clientX, y: event.clientY, node, from: node ? [node.x, node.y] : [view().x, view().y], moved: false };
  });
  window.addEventListener("pointermove", (event) => {
    if (!held) return;
    const scale = 1 / svg.getScreenCTM().a, dx = (event.clientX - held.x) * scale, dy = (event.clientY - held.y) * scale;
    held.moved ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > 3;
    if (!held.moved) return;
    if (held.node) {
      [held.node.x, held.node.y] = [held.from[0] + dx, held.from[1] + dy];
      place(held.node);
    } else set(held.from[0] - dx, held.from[1] - dy, view().width, view().height);
  });
  window.addEventListener("pointerup", () => {
    if (held && held.node && held.moved) pin(held.node, true);
    else if (held && held.node) choose(held.node);
    else if (held && !held.moved) clear();
    held = null;
  });
  const middle = () => [view().x + view().width / 2, view().y + view().height / 2];
  byId("in").addEventListener("click", () => zoom(0.75, ...middle()));
  byId("out").addEventListener("click", () => zoom(1.33, ...middle()));
  byId("all").addEventListener("click", () => { clear(); fit(nodes, 0.05); });
  byId("arrange").addEventListener("click", arrange);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });

  saving(svg, () => bounds(nodes.filter((n) => !hidden.has(n.type))));
  const first = data.nodes.map(addNode);
  data.edges.forEach((e) => addEdge(e, first[e.s], first[e.t]));
  edges.forEach(route);
  for (const node of nodes) node.g.setAttribute("transform", `translate(${node.x} ${node.y})`);
  keys();
  fit(nodes);
  return { arrange };
}
