/* In rich text: what is pasted from Word and the like becomes what the field can hold, and a note
   under the field tells what it cannot. Loaded once; a paste is taken before Draftail sees it. */

(() => {
  const { heading, kinds, close } = JSON.parse(document.currentScript.dataset.words);
  const HEADING = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6 };
  const LISTS = { ul: "unordered-list-item", ol: "ordered-list-item" };
  const BLOCKS = "p, div, li, h1, h2, h3, h4, h5, h6, blockquote, pre";
  // Word marks its numbers and letters so; its bullets have neither dot nor bracket.
  const NUMBERED = /^\s*\(?\w+[.)]/;
  const OWN = "[data-draftjs-conductor-fragment], [data-editor], [data-offset-key]";
  const passedOn = new WeakSet();

  const offered = ({ blockTypes, entityTypes }) => {
    const types = blockTypes.map(({ type }) => type);
    const levels = types.map((type) => HEADING[type.replace("header-", "")]).filter(Boolean);
    return { types, levels, hasLinks: entityTypes.some(({ type }) => type === "LINK") };
  };

  const styleOf = (element) => element.getAttribute("style") ?? "";

  const rename = (element, name) => {
    const other = element.ownerDocument.createElement(name);
    other.append(...element.childNodes);
    element.replaceWith(other);
    return other;
  };

  const unwrap = (element) => element.replaceWith(...element.childNodes);

  const takeOut = (body, selector) => {
    const found = [...body.querySelectorAll(selector)];
    found.forEach((element) => element.remove());
    return found.length > 0;
  };

  // --- What no field holds ---

  const takeOutComments = (body) =>
    takeOut(
      body,
      '.MsoCommentReference, .msocomanchor, .msocomtxt, [style*="mso-element:comment"]',
    );

  const takeOutDeleted = (body) => takeOut(body, "del");

  const takeOutPictures = (body) => takeOut(body, "img, picture, svg, canvas");

  const takeOutEmbeds = (body) => takeOut(body, "iframe, video, audio, object, embed");

  // Word has its text boxes in comments of HTML, beside a picture of each.
  const takeOutHidden = (body) => {
    takeOut(body, "style, script, meta, link, title, xml, template");
    const walk = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
    const hidden = [];
    while (walk.nextNode()) hidden.push(walk.currentNode);
    hidden.forEach((comment) => comment.remove());
    return hidden.some(({ data }) => data.includes("<v:textbox"));
  };

  const freeNotes = (body) => {
    const notes = body.querySelectorAll('[style*="mso-footnote-id"], [style*="mso-endnote-id"]');
    notes.forEach(unwrap);
    return notes.length > 0;
  };

  // --- What some fields hold ---

  const fitLinks = (body, { hasLinks }) => {
    const holds = (link) => hasLinks && /^(https?|mailto):/i.test(link.getAttribute("href"));
    const lost = [...body.querySelectorAll("a")].filter((link) => !holds(link));
    const told = lost.filter((link) => link.getAttribute("href") && link.textContent.trim());
    lost.forEach(unwrap);
    return told.length > 0;
  };

  const joined = (cell) => {
    cell.querySelectorAll(BLOCKS).forEach((block) => {
      block.append(" ");
      unwrap(block);
    });
    return [...cell.childNodes];
  };

  const toLine = (row) => {
    const line = row.ownerDocument.createElement("p");
    [...row.cells].forEach((cell, index) => line.append(index ? " | " : "", ...joined(cell)));
    return line;
  };

  const fitTables = (body) => {
    const tables = [...body.querySelectorAll("table")];
    const isTold = tables.some(({ rows }) => rows.length > 1 || rows[0]?.cells.length > 1);
    // From the innermost, since a table may stand in a cell of another.
    for (const table of tables.reverse()) table.replaceWith(...[...table.rows].map(toLine));
    return isTold;
  };

  const levelOf = (element) => {
    const named = /^h([1-6])$/i.exec(element.localName) ?? /MsoHeading(\d)/.exec(element.className);
    const outlined = /mso-outline-level:\s*(\d)/.exec(styleOf(element));
    if (named ?? outlined) return Number((named ?? outlined)[1]);
    if (element.matches("[role=heading]")) return Number(element.ariaLevel) || 2;
    return element.matches(".MsoTitle") ? 1 : 0;
  };

  const nearest = (levels, level) =>
    levels.toSorted((a, b) => Math.abs(a - level) - Math.abs(b - level) || b - a)[0];

  const fitHeadings = (body, { levels }) => {
    const found = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6, p, div[role=heading]")];
    const headings = found.filter((element) => levelOf(element) && element.textContent.trim());
    for (const element of headings) {
      const level = nearest(levels, levelOf(element));
      rename(element, level ? `h${level}` : "p");
    }
    return headings.length > 0 && !levels.length;
  };

  // --- Lists ---

  const isItem = (element) => /mso-list:\s*l\d/.test(element ? styleOf(element) : "");

  const newItem = (paragraph) => {
    const mark = paragraph.querySelector('[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]');
    const kind = NUMBERED.test(mark?.textContent ?? "") ? "ol" : "ul";
    mark?.remove();
    const item = paragraph.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    return { kind, item, level: Number(/level(\d)/.exec(styleOf(paragraph))?.[1] ?? 1) };
  };

  /* Word writes a list as paragraphs with a mark and a level each. */
  const makeLists = (body) => {
    for (const first of [...body.querySelectorAll("p")].filter(isItem)) {
      if (!first.isConnected) continue;
      const open = [];
      for (let next = first; isItem(next); ) {
        const paragraph = next;
        next = paragraph.nextElementSibling;
        const { kind, item, level } = newItem(paragraph);
        while (open.length > level) open.pop();
        if (open.at(-1)?.localName !== kind && open.length === level) open.pop();
        while (open.length < level) {
          const list = body.ownerDocument.createElement(kind);
          const above = open.at(-1);
          if (above) (above.lastElementChild ?? above).append(list);
          else paragraph.before(list);
          open.push(list);
        }
        open.at(-1).append(item);
        paragraph.remove();
      }
    }
  };

  const fitLists = (body, { types }) => {
    const has = (name) => types.includes(LISTS[name]);
    const lost = [...body.querySelectorAll("ul, ol")].filter((list) => !has(list.localName));
    const other = Object.keys(LISTS).find(has);
    for (const list of lost) {
      if (other) rename(list, other);
      else list.querySelectorAll("li").forEach((item) => rename(item, "p"));
    }
    if (!other) lost.forEach(unwrap);
    return { lists: lost.length > 0 && !other, marks: lost.length > 0 && Boolean(other) };
  };

  // --- The whole ---

  const fit = (body, offer) => {
    const textBoxes = takeOutHidden(body);
    const comments = takeOutComments(body);
    const deleted = takeOutDeleted(body);
    makeLists(body);
    return {
      headings: fitHeadings(body, offer),
      tables: fitTables(body),
      pictures: takeOutPictures(body),
      embeds: takeOutEmbeds(body),
      textBoxes,
      ...fitLists(body, offer),
      notes: freeNotes(body),
      links: fitLinks(body, offer),
      comments,
      deleted,
    };
  };

  const noteUnder = (editor) => {
    const old = editor.parentElement.querySelector(":scope > .eoc-pasted");
    if (old) return old;
    const note = document.createElement("div");
    note.className = "eoc-pasted";
    note.setAttribute("role", "status");
    editor.after(note);
    return note;
  };

  const tell = (editor, findings) => {
    const sentences = Object.keys(kinds).filter((kind) => findings[kind]);
    const note = noteUnder(editor);
    note.replaceChildren();
    // A screen reader says what comes into a status that is there already.
    if (sentences.length) requestAnimationFrame(() => fill(note, sentences));
  };

  const fill = (note, sentences) => {
    const [title, list, button] = ["p", "ul", "button"].map((name) => document.createElement(name));
    title.textContent = heading;
    list.append(
      ...sentences.map((kind) => {
        const item = document.createElement("li");
        item.textContent = kinds[kind];
        return item;
      }),
    );
    Object.assign(button, { type: "button", className: "button button-small", textContent: close });
    button.addEventListener("click", () => note.replaceChildren());
    note.append(title, list, button);
  };

  const paste = (target, html, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    passedOn.add(event);
    target.dispatchEvent(event);
  };

  window.addEventListener(
    "paste",
    (event) => {
      const { target, clipboardData } = event;
      const editor = target.closest?.("[data-draftail-editor-wrapper]");
      const siblings = [...(editor?.parentElement.children ?? [])];
      const field = siblings.find(({ draftailEditor }) => draftailEditor)?.draftailEditor;
      const html = clipboardData?.getData("text/html");
      if (!field || !html || passedOn.has(event)) return;
      const { body } = new DOMParser().parseFromString(html, "text/html");
      if (body.querySelector(OWN)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const findings = fit(body, offered(field.props));
      paste(target, body.innerHTML, clipboardData.getData("text/plain"));
      tell(editor, findings);
    },
    { capture: true },
  );
})();
