/* Gives a name to what Wagtail leaves without one (WCAG 2.2, 4.1.2): rich text and tags, which are
   typed into elements of their own to which no label leads, and the windows of choosers. */

(() => {
  const NAMED = "[aria-label], [aria-labelledby]";
  const TYPED_INTO = `:is([data-draftail-editor-wrapper] [role=textbox], .ui-autocomplete-input):not(${NAMED})`;
  const WINDOW = `.modal[role=dialog]:not(${NAMED})`;

  const wordsOf = (element) => element?.textContent.replace("*", "").trim();

  /* The field that is sent stands beside what is typed into, or just before it. */
  const labelOf = (element) => {
    const field = element.closest("[data-draftail-editor-wrapper], .tagit");
    const sent = [...(field?.parentElement.children ?? [])].find(({ name }) => name);
    return sent?.id && document.querySelector(`label[for="${CSS.escape(sent.id)}"]`);
  };

  const nameField = (element) => {
    const words = wordsOf(labelOf(element));
    const part = element.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
    if (words) element.setAttribute("aria-label", words);
    else if (part) element.setAttribute("aria-labelledby", part);
  };

  const nameWindow = (element) => {
    const words = wordsOf(element.querySelector("h1, h2"));
    if (words) element.setAttribute("aria-label", words);
  };

  // After a refused upload, wagtailmedia's window has lost the words of its heading.
  const fillHeading = (element) => {
    const heading = element.querySelector("h1");
    if (heading && !wordsOf(heading)) heading.textContent = element.getAttribute("aria-label");
  };

  const nameAll = () => {
    document.querySelectorAll(TYPED_INTO).forEach(nameField);
    document.querySelectorAll(WINDOW).forEach(nameWindow);
    document.querySelectorAll(".modal[role=dialog][aria-label]").forEach(fillHeading);
  };

  new MutationObserver(nameAll).observe(document, { childList: true, subtree: true });
  nameAll();
})();
