// Watch where the focus goes; return how many times to press Tab. stops() tells what it missed or didn't show.
() => {
  const reached = new Set(), unseen = [];
  const name = (element) => (element.textContent || element.localName).trim().slice(0, 40);
  const links = "a[href], button, summary, input:enabled, select, textarea, iframe, [tabindex='0'], video[controls]";
  const wanted = [...document.querySelectorAll(links)]
    .filter((element) => element.checkVisibility() && !element.closest("[aria-hidden=true]"))  // permalinks are no stops
    .filter((element) => element.type !== "radio" || element.checked);  // one of several is a stop
  const scrollers = [...document.querySelectorAll("pre, div")].filter((element) => element.scrollWidth > element.clientWidth);
  addEventListener("focusin", ({ target }) => {
    reached.add(target);
    const shown = target.type === "radio" ? target.closest("label") : target;  // the ring is around its label
    const { outlineStyle, outlineWidth } = getComputedStyle(shown), box = target.getBoundingClientRect();
    const ringed = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
    const inside = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight && box.width > 1;
    if (!ringed || !inside) unseen.push(name(target));
  });
  window.stops = () => ({ missed: wanted.filter((element) => !reached.has(element)).map(name), unseen });
  return wanted.length + scrollers.length;
}
