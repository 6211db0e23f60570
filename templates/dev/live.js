// The page follows the files while somebody writes. `blog serve` alone sends this: see docs/serve.md.
(() => {
  "use strict";
  const script = document.currentScript;
  const style = document.querySelector('link[href="/-/dev/dev.css"]');
  const banner = document.getElementById("theme:banner");
  let state = script.dataset.state;
  let source = null;

  // All of ours leaves the body, whose layout is the page's own.
  document.head.append(style);
  if (banner) document.documentElement.insertBefore(banner, document.body);
  script.remove();

  // The place on the page is kept as seen from the body: the banner above it may have another height then.
  const top = () => document.body.getBoundingClientRect().top;
  const scrolled = (kept) => scrollTo({ top: scrollY + top() - kept, behavior: "instant" });
  const { flatleaf: kept, ...others } = history.state ?? {};
  if (kept !== undefined) {
    const root = document.documentElement.style; // a theme may have the way to a #fragment take a while
    root.scrollBehavior = "auto";
    const after = () => {
      scrolled(kept);
      root.scrollBehavior = "";
      history.replaceState(Object.keys(others).length ? others : null, "");
      history.scrollRestoration = "auto";
    };
    addEventListener("DOMContentLoaded", () => scrolled(kept));
    addEventListener("load", () => requestAnimationFrame(after));
  }
  function reload() {
    history.scrollRestoration = "manual";
    history.replaceState({ ...history.state, flatleaf: top() }, "");
    location.reload();
  }

  // What was unfolded stays so.
  const details = banner?.querySelector("details");
  if (details) {
    details.open = sessionStorage.getItem("flatleaf") === "open";
    details.addEventListener("toggle", () => sessionStorage.setItem("flatleaf", details.open ? "open" : ""));
  }

  // Style sheets are put in place of the old ones, as the page would now name them.
  const sheets = (page) => [...page.querySelectorAll('link[rel~="stylesheet"]:not([href^="/-/dev/"])')];
  const file = (link) => new URL(link.getAttribute("href"), location).pathname.split("/").pop();
  const isOf = (link, name) => file(link).replace(/\.[0-9a-f]{10}\.css$/, ".css") === name.split("/").pop();
  async function restyle(names) {
    const answer = await fetch(location, { cache: "no-store" });
    const now = sheets(new DOMParser().parseFromString(await answer.text(), "text/html"));
    const old = sheets(document);
    const stale = old.map((link, at) => names.some((name) => isOf(link, name)) && now[at]);
    if (now.length !== old.length || !stale.some(Boolean)) return reload();
    old.forEach((link, at) => stale[at] && replace(link, document.importNode(stale[at])));
  }
  function replace(link, fresh) {
    if (fresh.getAttribute("href") === link.getAttribute("href").split("?flatleaf=")[0])
      fresh.setAttribute("href", `${fresh.getAttribute("href")}?flatleaf=${state}`);
    fresh.addEventListener("load", () => link.remove());
    fresh.addEventListener("error", reload);
    link.after(fresh);
  }

  // A tab that nobody sees listens to nothing: a browser has six connections to a server, for all tabs together.
  function listen() {
    source = new EventSource(`/-/dev/events?state=${state}`);
    source.addEventListener("page", reload);
    source.addEventListener("style", (event) => {
      state = event.lastEventId;
      restyle(JSON.parse(event.data)).catch(reload);
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(turn, 500);
    });
  }
  function turn() {
    source?.close();
    source = null;
    if (document.visibilityState === "visible") listen();
  }
  document.addEventListener("visibilitychange", turn);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && turn());
  turn();
})();
