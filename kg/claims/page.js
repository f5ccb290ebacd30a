"use strict";
const form = document.querySelector("form");
function show() {
  const who = document.querySelector("#who").value;
  const verdicts = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
  for (const section of document.querySelectorAll("section")) {
    let left = 0;
    for (const claim of section.querySelectorAll(".claim")) {
      const other = who !== "" && claim.dataset.organization !== who;
      claim.hidden = other || !verdicts.has(claim.dataset.verdict);
      left += claim.hidden ? 0 : 1;
    }
    section.hidden = left === 0;
  }
}
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
