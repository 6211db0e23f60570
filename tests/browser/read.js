// Say which text has less contrast with its ground than WCAG 2.2 asks for (1.4.3: 4.5).
() => {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = channels(color).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let up = element; up; up = up.parentElement) {
      const color = getComputedStyle(up).backgroundColor;
      if (channels(color)[3] !== 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const found = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || !parent.checkVisibility()) continue;
    const [dark, pale] = [light(getComputedStyle(parent).color), light(ground(parent))].sort((a, b) => a - b);
    const contrast = (pale + 0.05) / (dark + 0.05);
    if (contrast < 4.5) found.add(`${contrast.toFixed(2)}: ${text.slice(0, 40)}`);
  }
  return [...found];
}
