"use strict";
// the explorer of the server: neighbours come from it, and things lead to their pages
{
  const record = document.querySelector("[name=record]").checked;
  explorer(JSON.parse(document.getElementById("data").textContent), {
    href: (iri) => "/id/" + iri.replace(/^id:/, ""),
    results: (edge) => "/queries/results?" + new URLSearchParams({
      organization: edge.from.iri, [edge.to.type.toLowerCase()]: edge.to.iri, sort: "minutes",
    }),
    more: async (iri) => {
      const asked = new URLSearchParams({ about: iri, limit: 60, format: "json", ...(record ? { record: "yes" } : {}) });
      const reply = await fetch("/explore?" + asked);
      if (!reply.ok) throw new Error((await reply.text()).trim());
      return reply.json();
    },
  });
}
