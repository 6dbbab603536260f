/* Shows, for each field of a form, only what its type needs; and offers the labels above it as conditions. */

(() => {
  const CHOOSES = ["checkboxes", "dropdown", "multiselect", "radio"];
  const WRITES = ["singleline", "multiline", "email", "url", "phone", "postcode", "hidden"];
  const WORDS = ["content", "step"];
  const LIMITED = WRITES.filter((type) => type !== "hidden");
  const TYPED = [...LIMITED, "dropdown", "us_state", "country"]; // what a browser can fill in
  const HAVE_DEFAULT = [...CHOOSES, ...WRITES, "number", "checkbox", "date", "datetime"];
  const HAVE_NO_ANSWER = [...WORDS, "file", "hidden"];

  // Which parts of the panel are for which types; a part that is not named is for all.
  const PARTS = {
    required: (type) => !WORDS.includes(type) && type !== "hidden",
    hint: (type) => !WORDS.includes(type) && type !== "hidden",
    why: (type) => !WORDS.includes(type) && type !== "hidden",
    choices: (type) => CHOOSES.includes(type),
    default: (type) => HAVE_DEFAULT.includes(type),
    consent: (type) => type === "consent",
    content: (type) => WORDS.includes(type),
    typing: (type) => TYPED.includes(type),
    width: (type) => !WORDS.includes(type) && type !== "hidden",
    condition: (type) => type !== "step",
  };

  // A part within a row, by its input.
  const WITHIN = { max_length: (type) => LIMITED.includes(type) };

  const typeOf = (child) => child.querySelector("select[name$='-field_type']")?.value ?? "";

  // The parts carry their class on the panel or on a row within it.
  const partOf = (child, name) => {
    const marked = child.querySelector(`.formbuilder-${name}`);
    return marked?.closest(".w-panel__wrapper") ?? marked;
  };

  const showParts = (child) => {
    const type = typeOf(child);
    for (const [name, isFor] of Object.entries(PARTS)) {
      const part = partOf(child, name);
      if (part) part.hidden = Boolean(type) && !isFor(type);
    }
    for (const [name, isFor] of Object.entries(WITHIN)) {
      const part = child.querySelector(`[name$='-${name}']`)?.closest(".w-panel__wrapper");
      if (part) part.hidden = Boolean(type) && !isFor(type);
    }
  };

  const children = () => [...document.querySelectorAll("[data-inline-panel-child]")].filter((child) => typeOf(child) !== "" || child.querySelector("select[name$='-field_type']"));

  /* Ask again each time, since fields are added, moved and renamed. */
  const offerLabelsAbove = (input) => {
    const list = document.getElementById("form-builder-questions") ?? document.createElement("datalist");
    list.id = "form-builder-questions";
    document.body.append(list);
    const all = children();
    const above = all.slice(0, all.indexOf(input.closest("[data-inline-panel-child]")));
    const labels = above
      .filter((child) => !HAVE_NO_ANSWER.includes(typeOf(child)) && !child.querySelector("[name$='-DELETE']")?.value)
      .map((child) => child.querySelector("input[name$='-label']")?.value.trim())
      .filter(Boolean);
    list.replaceChildren(...labels.map((label) => new Option(label, label)));
    input.setAttribute("list", list.id);
  };

  document.addEventListener("focusin", ({ target }) => {
    if (target.name?.endsWith("-show_if")) offerLabelsAbove(target);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.name?.endsWith("-field_type")) showParts(target.closest("[data-inline-panel-child]"));
  });
  document.addEventListener("w-formset:added", () => children().forEach(showParts));
  document.addEventListener("DOMContentLoaded", () => children().forEach(showParts));
})();
