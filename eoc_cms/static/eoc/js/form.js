/**
 * Long forms: questions that follow an answer, and where the focus goes on a new step.
 * Every form works without this file; the server then asks what an answer calls for.
 *
 * A question that is not asked waits in a <template>. It is taken out and put back
 * whole, so what was typed into it is still there when it is asked again.
 */

/** Answers given to a question of a form, as lower-case texts; none when it is not asked. */
function answersTo(form, name) {
  const controls = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  return controls.flatMap((control) => {
    if (control.type === "radio") return control.checked ? [control.value] : [];
    if (control.type === "checkbox") return answersOfBox(control);
    if (control.multiple && control.selectedOptions) return [...control.selectedOptions].map((option) => option.value);
    return [control.value];
  }).map((text) => text.trim().toLowerCase());
}

/** A box that stands alone says yes or no; one of a group gives its value. */
function answersOfBox(box) {
  if (box.closest("fieldset")) return box.checked ? [box.value] : [];
  return [box.checked ? "yes" : "no"];
}

function isAskedFor(form, part) {
  const given = answersTo(form, part.dataset.askIf);
  const wanted = JSON.parse(part.dataset.askValues);
  if (wanted.length) return wanted.some((value) => given.includes(value));
  return given.some((value) => value !== "");
}

/** Put each conditional question in its place or take it out, in the order of the page. */
function followAnswers(form) {
  const spots = [...form.querySelectorAll("template, [data-ask-if]")].map((node) => {
    const part = node instanceof HTMLTemplateElement ? node.content.querySelector("[data-ask-if]") : node;
    const mark = document.createComment("");
    if (part === node) node.before(mark);
    else node.replaceWith(mark);
    return { part, mark };
  });
  if (!spots.length) return;
  const update = () => {
    for (const { part, mark } of spots) {
      const isAsked = isAskedFor(form, part);
      if (isAsked && !part.isConnected) mark.after(part);
      if (!isAsked && part.isConnected) part.remove();
    }
  };
  update();
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  // The Back button may bring back answers that the browser has remembered.
  window.addEventListener("pageshow", update);
}

/** The title of a new step is read out and seen first; a fragment in the address takes the focus again. */
function focusNewStep() {
  const title = document.querySelector("[data-takes-focus]");
  if (!title) return;
  title.focus();
  window.addEventListener("load", () => setTimeout(() => title.focus()));
}

/**
 * Give the first step an address of its own before it is left, so that Back leads to what was typed. Its page
 * is the same for everybody; a page without scripts asks the server for such an address.
 */
function nameFirstStep(form) {
  if (!form.hasAttribute("data-needs-address")) return;
  form.addEventListener("submit", () => {
    const place = new URL(form.action);
    place.search = new URLSearchParams({ answer: form.querySelector("[data-sending]").value, step: "1" }).toString();
    form.action = place.href;
    form.removeAttribute("data-needs-address");
    history.replaceState(null, "", place.href);
  });
}

document.querySelectorAll("form.form").forEach((form) => {
  followAnswers(form);
  nameFirstStep(form);
});
focusNewStep();
