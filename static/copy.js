// A button that copies, on each block of code: what one would type, so no prompts, nor what a program answered to them.
{
  const said = document.createElement("p");
  said.className = "hidden";
  said.setAttribute("aria-live", "polite");
  const text = (code) => {
    const copy = code.cloneNode(true);
    if (!copy.querySelector(".gp")) return copy.textContent;
    copy.querySelectorAll(".gp, .go, .gt, .gr").forEach((part) => part.remove());
    return copy.textContent.replace(/\n{2,}/g, "\n").replace(/^\n/, "");
  };
  for (const block of navigator.clipboard ? document.querySelectorAll(".highlight") : []) {
    const code = block.querySelector("code"), button = document.createElement("button");
    if (!code) continue;
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    const language = block.dataset.language || code.className.replace("language-", "");
    button.setAttribute("aria-label", `Copy ${language || "code"}`);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text(code));
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not copied";
      }
      said.textContent = button.textContent;
      setTimeout(() => (button.textContent = "Copy", said.textContent = ""), 2000);
    });
    block.append(button);
  }
  (document.querySelector("main") ?? document.body).append(said);
}
