(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const svg = document.getElementById("picture");
  const panel = document.getElementById("panel");
  const nodes = [...svg.querySelectorAll(".node")];
  const edges = [...svg.querySelectorAll(".edge")];
  const whole = svg.viewBox.baseVal;
  const start = [whole.x, whole.y, whole.width, whole.height];

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const words = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

  // a wider path under each edge, so that it can be hit
  edges.forEach((path, at) => {
    const wide = path.cloneNode();
    wide.setAttribute("class", "edge wide");
    wide.addEventListener("click", () => showEdge(at));
    path.parentNode.appendChild(wide);
  });

  function light(keep, lit) {
    nodes.forEach((n, at) => n.classList.toggle("faded", keep !== null && !keep.has(at)));
    edges.forEach((e, at) => {
      e.classList.toggle("lit", keep !== null && lit.has(at));
      e.classList.toggle("faded", keep !== null && !lit.has(at));
    });
  }

  function evidence(into, items) {
    for (const item of items) {
      const quote = element("blockquote", "“" + item.quote + "”");
      const place = element("div", item.statement + ", " + item.start + "–" + item.end + " ", "place");
      if (item.restated) place.append(element("span", "restated, not the vendor's words", "restated"));
      into.append(quote, place);
      const said = Object.entries(item.qualifiers).map(([k, v]) => words(k) + " " + v).join("; ");
      if (said) into.append(element("div", said, "place"));
    }
  }

  function link(at) {
    const button = element("button", data.nodes[at].label);
    button.type = "button";
    button.addEventListener("click", () => { choose(at); nodes[at].focus(); });
    return button;
  }

  function choose(at) {
    const node = data.nodes[at];
    const lit = new Set(), keep = new Set([at]);
    data.edges.forEach((e, i) => {
      if (e.s === at || e.t === at) { lit.add(i); keep.add(e.s); keep.add(e.t); }
    });
    light(keep, lit);
    nodes.forEach((n, i) => n.classList.toggle("chosen", i === at));
    panel.replaceChildren(element("h2", node.label), element("div", node.type + " · " + node.iri, "kind"));
    const list = element("dl");
    for (const [name, values] of Object.entries(node.literals)) {
      list.append(element("dt", words(name)), element("dd", values.join(", ")));
    }
    if (list.children.length) panel.append(list);
    for (const i of [...lit].sort((a, b) => data.edges[a].p.localeCompare(data.edges[b].p))) {
      const e = data.edges[i];
      const head = element("h3");
      if (e.s === at) head.append(words(e.p) + " ", link(e.t)); else head.append(link(e.s), " " + words(e.p));
      panel.append(head);
      evidence(panel, e.e);
    }
    panel.scrollTop = 0;
  }

  function showEdge(at) {
    const e = data.edges[at];
    light(new Set([e.s, e.t]), new Set([at]));
    const head = element("h2");
    head.append(link(e.s), " " + words(e.p) + " ", link(e.t));
    panel.replaceChildren(head);
    evidence(panel, e.e);
  }

  function clear() {
    light(null, null);
    nodes.forEach((n) => n.classList.remove("chosen"));
  }

  nodes.forEach((n, at) => {
    const node = data.nodes[at];
    n.setAttribute("tabindex", "0");
    n.setAttribute("role", "button");
    n.setAttribute("aria-label", node.label + ", " + node.type);
    const tip = document.createElementNS("http://www.w3.org/2000/svg", "title");
    const said = Object.entries(node.literals).map(([k, v]) => words(k) + ": " + v.join(", "));
    tip.textContent = [node.label + " (" + node.type + ")", ...said].join("\n");
    n.append(tip);
    n.addEventListener("click", () => choose(at));
    n.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(at); }
    });
  });

  // search
  const find = document.getElementById("find");
  find.addEventListener("input", () => {
    const asked = find.value.trim().toLowerCase();
    const found = [];
    data.nodes.forEach((n, at) => {
      const hit = asked !== "" && n.label.toLowerCase().includes(asked);
      nodes[at].classList.toggle("found", hit);
      if (hit) found.push(at);
    });
    const exact = found.find((at) => data.nodes[at].label.toLowerCase() === asked);
    if (exact !== undefined) choose(exact); else if (found.length === 1) choose(found[0]); else clear();
  });

  // types
  document.querySelectorAll("[data-kind]").forEach((box) => box.addEventListener("change", () => {
    const off = new Set([...document.querySelectorAll("[data-kind]")].filter((b) => !b.checked).map((b) => b.dataset.kind));
    nodes.forEach((n) => n.classList.toggle("hidden", off.has(n.dataset.type)));
    svg.querySelectorAll("[data-edge]").forEach((path) => {
      const e = data.edges[Number(path.dataset.edge)];
      path.classList.toggle("hidden", off.has(data.nodes[e.s].type) || off.has(data.nodes[e.t].type));
    });
  }));

  // pan and zoom
  const view = () => svg.viewBox.baseVal;
  const set = (x, y, w, h) => svg.setAttribute("viewBox", [x, y, w, h].join(" "));
  function zoom(factor, cx, cy) {
    const v = view(), w = Math.min(start[2] * 2, Math.max(120, v.width * factor)), k = w / v.width;
    set(cx - (cx - v.x) * k, cy - (cy - v.y) * k, w, v.height * k);
  }
  const point = (event) => {
    const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [p.x, p.y];
  };
  svg.addEventListener("wheel", (event) => { event.preventDefault(); zoom(event.deltaY > 0 ? 1.15 : 0.87, ...point(event)); }, { passive: false });
  let held = null;
  svg.addEventListener("pointerdown", (event) => { if (event.target === svg) held = [event.clientX, event.clientY, view().x, view().y]; });
  window.addEventListener("pointermove", (event) => {
    if (!held) return;
    const scale = 1 / svg.getScreenCTM().a;
    set(held[2] - (event.clientX - held[0]) * scale, held[3] - (event.clientY - held[1]) * scale, view().width, view().height);
  });
  window.addEventListener("pointerup", (event) => {
    if (held && Math.hypot(event.clientX - held[0], event.clientY - held[1]) < 3) clear();
    held = null;
  });
  const middle = () => [view().x + view().width / 2, view().y + view().height / 2];
  document.getElementById("in").addEventListener("click", () => zoom(0.75, ...middle()));
  document.getElementById("out").addEventListener("click", () => zoom(1.33, ...middle()));
  document.getElementById("all").addEventListener("click", () => { set(...start); clear(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
})();
