/* Shows, for each field of a form, only what its type needs, with its label in its heading; offers the
   labels above it as conditions, and to duplicate it or to insert one after it. */

(() => {
  const words = document.currentScript.dataset;
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

  const part = (child, name) => child.querySelector(`[name$='-${name}']`);

  const showLabel = (child) => {
    const count = child.querySelector("[data-inline-panel-child-count]");
    if (!count) return;
    let shown = child.querySelector("[data-form-builder-label]");
    if (!shown) {
      shown = document.createElement("span");
      shown.dataset.formBuilderLabel = "";
      count.after(shown);
    }
    const label = part(child, "label")?.value.trim();
    shown.textContent = label ? `: ${label}` : "";
  };

  /* Wagtail keeps the order in hidden inputs, which it counts up when a field is moved, and numbers
     the headings of those that are not deleted. */
  const keepOrder = () => {
    children().forEach((child, at) => {
      const order = part(child, "ORDER");
      if (order) order.value = at + 1;
    });
    children()
      .filter((child) => !child.classList.contains("deleted"))
      .forEach((child, at) => {
        const count = child.querySelector("[data-inline-panel-child-count]");
        if (count) count.textContent = ` ${at + 1}`;
      });
  };

  const insertAfter = (child) => {
    const known = new Set(children());
    document.getElementById("id_form_fields-ADD")?.click();
    const added = children().find((each) => !known.has(each));
    if (!added) return null;
    child.after(added);
    keepOrder();
    return added;
  };

  const COPIED = [
    "label", "field_type", "help_text", "why_we_ask", "choices", "default_value", "consent_text", "content",
    "purpose", "max_length", "width", "show_if", "show_if_value",
  ];

  /* The editor of a new field is there a moment later. */
  const copyText = (from, to, tries = 60) => {
    if (to.draftailEditor) to.draftailEditor.onChange(from.draftailEditor.getEditorState());
    else if (tries > 0) requestAnimationFrame(() => copyText(from, to, tries - 1));
  };

  const duplicate = (child) => {
    const added = insertAfter(child);
    if (!added) return null;
    for (const name of COPIED) {
      const [from, to] = [part(child, name), part(added, name)];
      if (from?.draftailEditor && to) copyText(from, to);
      else if (from && to) to.value = from.value;
    }
    const [from, to] = [part(child, "required"), part(added, "required")];
    if (from && to) to.checked = from.checked;
    return added;
  };

  const addButton = (child, name, icon, act) => {
    const before = child.querySelector("button[id$='-DELETE-button']");
    if (!before || child.querySelector(`[data-form-builder-${name}]`)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--icon text-replace white";
    button.title = words[name];
    button.setAttribute("aria-label", words[name]);
    button.setAttribute(`data-form-builder-${name}`, "");
    button.innerHTML = `<svg class="icon icon-${icon}" aria-hidden="true"><use href="#icon-${icon}"></use></svg>`;
    button.addEventListener("click", () => {
      const added = act(child);
      if (!added) return;
      prepare(added);
      const label = part(added, "label");
      label?.focus();
      label?.select();
    });
    before.before(button);
  };

  const prepare = (child) => {
    if (!child.id.startsWith("inline_child_form_fields-")) return;
    showParts(child);
    showLabel(child);
    addButton(child, "duplicate", "copy", duplicate);
    addButton(child, "insert", "plus", insertAfter);
  };

  document.addEventListener("input", ({ target }) => {
    if (target.name?.endsWith("-label")) showLabel(target.closest("[data-inline-panel-child]"));
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.name?.endsWith("-show_if")) offerLabelsAbove(target);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.name?.endsWith("-field_type")) showParts(target.closest("[data-inline-panel-child]"));
  });
  document.addEventListener("w-formset:added", () => children().forEach(prepare));
  document.addEventListener("DOMContentLoaded", () => children().forEach(prepare));
})();
