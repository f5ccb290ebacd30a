"use strict";
// The picture as a file: a drawing that needs no style sheet, as SVG or, painted, as PNG.
function saving(svg, bounds) {
  const STYLE = 'svg{background:#fff}text{font:12px system-ui,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1b1f24}' +
    ".relation{font-size:10px;fill:#57606a;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:3px}" +
    ".edge{stroke:#8c959f;stroke-opacity:.6}.record{stroke:#0a58ca;stroke-dasharray:4 3}.faded{opacity:.15}";

  function drawing() {
    const [x, y, w, h] = bounds(), copy = svg.cloneNode(true), size = [Math.ceil(w + 100), Math.ceil(h + 40)];
    const unread = copy.classList.contains("few") ? "" : ", .relation:not(.lit)";
    for (const gone of copy.querySelectorAll(".hidden, .wide" + unread)) gone.remove();
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = STYLE;
    copy.prepend(style);
    copy.setAttribute("viewBox", [x - 20, y - 20, ...size].join(" "));
    copy.setAttribute("width", size[0]);
    copy.setAttribute("height", size[1]);
    return [new XMLSerializer().serializeToString(copy), ...size];
  }

  function download(blob, name) {
    const to = document.createElement("a");
    to.href = URL.createObjectURL(blob);
    to.download = name;
    to.click();
    setTimeout(() => URL.revokeObjectURL(to.href), 10000);
  }

  document.getElementById("svg").addEventListener("click", () => download(new Blob([drawing()[0]], { type: "image/svg+xml" }), "picture.svg"));
  document.getElementById("png").addEventListener("click", () => {
    const [text, width, height] = drawing(), image = new Image(), scale = Math.min(2, 8000 / Math.max(width, height));
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      [canvas.width, canvas.height] = [width * scale, height * scale];
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => download(blob, "picture.png"), "image/png");
    });
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  });
}
