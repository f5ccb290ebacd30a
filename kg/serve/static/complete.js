"use strict";
// names for inputs with a list, as they are typed
for (const input of document.querySelectorAll("input[data-kind]")) {
  const list = document.getElementById(input.getAttribute("list"));
  let wanted = "";
  const fill = async () => {
    const text = input.value.trim();
    wanted = text;
    const asked = new URLSearchParams({ text, kind: input.dataset.kind });
    const names = await (await fetch("/complete?" + asked)).json();
    if (wanted !== text) return;
    list.replaceChildren(...names.map((name) => {
      const option = document.createElement("option");
      option.value = name;
      return option;
    }));
  };
  input.addEventListener("input", fill);
  input.addEventListener("focus", fill, { once: true });
}
