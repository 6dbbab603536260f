/* In a list of files, asks for the report on a file as soon as it is chosen or uploaded. */

(() => {
  const panelOf = (input) => {
    const panel = input.closest("[data-inline-panel-child]")?.querySelector("[data-file-report]");
    return input.name.endsWith(`-${panel?.dataset.fileReport}`) ? panel : null;
  };

  const fetchReport = async (address) => {
    try {
      const response = await fetch(address, { credentials: "same-origin" });
      return response.ok && !response.redirected ? await response.text() : "";
    } catch {
      return "";
    }
  };

  document.addEventListener("change", async ({ target }) => {
    const panel = target.name && panelOf(target);
    if (!panel) return;
    const chosen = target.value;
    const report = chosen ? await fetchReport(`${panel.dataset.address}${chosen}/`) : "";
    // Another file may have been chosen in the meantime.
    if (target.value === chosen) panel.innerHTML = report.trim();
  });
})();
