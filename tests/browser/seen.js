// Say which text can't be seen whole: out of the page, cut off, or under other text.
() => {
  const root = document.documentElement, found = new Set();
  const short = (text) => text.trim().replace(/\s+/g, " ").slice(0, 40);
  const style = (element) => getComputedStyle(element);
  const unseen = (element) => element.closest(".hidden, .skip:not(:focus)") !== null;

  if (root.scrollWidth > root.clientWidth) found.add("the page scrolls sideways");
  if ([root, document.body].some((e) => style(e).overflowX !== "visible")) found.add("the page hides what is too wide");

  for (const element of document.body.querySelectorAll("*")) {
    if (!element.textContent.trim() || unseen(element) || style(element).display === "inline") continue;
    const hides = (way) => ["hidden", "clip"].includes(style(element)[way]);
    const wide = hides("overflowX") && element.scrollWidth > element.clientWidth;
    const tall = hides("overflowY") && element.scrollHeight > element.clientHeight;
    if (wide || tall) found.add("cut off: " + short(element.textContent));
  }

  // What the scrolling ancestors of an element let through.
  const meet = (a, b) => ({
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const frames = new Map([[document.body, { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity }]]);
  const frame = (element) => {
    if (!frames.has(element)) {
      const outer = frame(element.parentElement), open = style(element).overflowX === "visible";
      frames.set(element, open ? outer : meet(outer, element.getBoundingClientRect()));
    }
    return frames.get(element);
  };

  const boxes = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement, text = short(node.data);
    if (!text || unseen(parent) || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      const box = meet(line, frame(parent));
      if (box.right - box.left < 1 || box.bottom - box.top < 1) continue;
      if (box.left < -1 || box.right > root.clientWidth + 1) found.add("out of the page: " + text);
      // A font is taller than its letters, and lines may be closer than it is tall.
      const air = (box.bottom - box.top) * 0.3;
      boxes.push({ left: box.left + 1, right: box.right - 1, top: box.top + air, bottom: box.bottom - air, node, text });
    }
  }
  boxes.sort((a, b) => a.top - b.top);
  boxes.forEach((box, at) => {
    for (let next = at + 1; next < boxes.length && boxes[next].top < box.bottom; next++) {
      const other = boxes[next];
      if (other.node !== box.node && other.left < box.right && box.left < other.right)
        found.add(`overlap: ${box.text} / ${other.text}`);
    }
  });
  return [...found];
}
