// Light or dark as the reader has chosen: kept for the next page. Without this file the choice holds on one page.
(() => {
  "use strict";
  const root = document.documentElement;
  function show(scheme) {
    const chosen = ["light", "dark"].includes(scheme) ? scheme : "";
    if (chosen) root.dataset.scheme = chosen;
    else delete root.dataset.scheme;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      const own = (meta.dataset.scheme ??= meta.media.includes("dark") ? "dark" : "light");
      meta.media = chosen ? (own === chosen ? "all" : "not all") : `(prefers-color-scheme: ${own})`;
    }
    const button = document.querySelector(`[name="scheme"][value="${chosen || "auto"}"]`);
    if (button) button.checked = true;
  }
  // A browser may keep nothing, or be full: what was chosen holds on this page all the same.
  function again() {
    try {
      show(localStorage.getItem("scheme"));
    } catch {}
  }
  again();
  addEventListener("pageshow", again);
  addEventListener("storage", ({ key, newValue }) => key === "scheme" && show(newValue));
  addEventListener("change", ({ target }) => {
    if (target.name !== "scheme") return;
    show(target.value);
    try {
      localStorage.setItem("scheme", target.value);
    } catch {}
  });
})();
