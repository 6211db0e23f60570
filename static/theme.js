// Light or dark as the reader has chosen: kept for the next page. Without this file the choice holds on one page.
(() => {
  "use strict";
  const root = document.documentElement;
  let kept = null;
  try {
    kept = localStorage.getItem("scheme");
  } catch {
    return; // a browser that keeps nothing
  }
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
  show(kept);
  addEventListener("pageshow", () => show(localStorage.getItem("scheme")));
  addEventListener("storage", ({ key, newValue }) => key === "scheme" && show(newValue));
  addEventListener("change", ({ target }) => {
    if (target.name !== "scheme") return;
    localStorage.setItem("scheme", target.value);
    show(target.value);
  });
})();
