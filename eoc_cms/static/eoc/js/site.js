/**
 * Small comforts for forms. Every page works without this file.
 */

/**
 * A form that came back with errors: move focus to the summary, so it is read out and seen first.
 * The form's address ends in a fragment, and jumping there takes the focus away once more as the page
 * finishes loading; so this waits for that.
 */
function focusErrorSummary() {
  const summary = document.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  window.addEventListener("load", () => setTimeout(() => summary.focus()));
}

/**
 * Let a form be sent once: a second press while the first is under way does nothing.
 * The button stays focusable, as a disabled one would drop the keyboard's place.
 */
function sendOnce(form) {
  let sending = false;
  form.addEventListener("submit", (event) => {
    if (sending) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) return;
    sending = true;
    for (const button of form.querySelectorAll("[type=submit]")) {
      button.setAttribute("aria-disabled", "true");
    }
  });
  // The Back button may show this very page again, kept as it was left.
  window.addEventListener("pageshow", () => {
    sending = false;
    for (const button of form.querySelectorAll("[type=submit]")) {
      button.removeAttribute("aria-disabled");
    }
  });
}

/**
 * Tell how long the form was on the screen: a sign by which the staff's tray knows programs from people.
 */
function tellSeconds(form) {
  const place = form.querySelector("[data-seconds-here]");
  if (!place) return;
  form.addEventListener("submit", () => {
    place.value = (performance.now() / 1000).toFixed(1);
  });
}

/**
 * Name this opened form by a random key, so that sending it twice stores it once. A browser that shows the
 * form again as it was left keeps the key with what was typed.
 */
function nameSending(form) {
  const place = form.querySelector("[data-sending]");
  if (!place || place.value) return;
  place.value = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

focusErrorSummary();
document.querySelectorAll("form[method=post]").forEach((form) => {
  sendOnce(form);
  tellSeconds(form);
  nameSending(form);
});
