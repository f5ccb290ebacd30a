"use strict";
// beside what the viewer shows of a chosen thing, the way to go on from it
{
  const data = JSON.parse(document.getElementById("data").textContent);
  const panel = document.getElementById("panel");
  const byLabel = new Map(data.nodes.map((node) => [node.label, node]));
  new MutationObserver(() => {
    const title = panel.querySelector("h2");
    const node = title && byLabel.get(title.textContent);
    if (!node || panel.querySelector(".expand")) return;
    const iri = node.iri.replace(/^id:/, "");
    const line = document.createElement("p");
    line.className = "expand";
    for (const [text, address] of [
      ["Expand around it", "/explore?about=" + encodeURIComponent(node.iri)],
      ["All that is known", "/id/" + iri],
    ]) {
      const link = document.createElement("a");
      link.textContent = text;
      link.href = address;
      line.append(link, " ");
    }
    title.after(line);
  }).observe(panel, { childList: true, subtree: true });
}
