/* In the editor: stops saving by itself once a final action is sent, saves what is typed during
   a save, and keeps what is typed by somebody who has been signed out meanwhile. */

(() => {
  const { session, signedOut, noAnswer } = document.currentScript.dataset;
  const FORM = "form[data-edit-form]";
  const ACTION = "action-";
  const PATIENCE = 20_000;
  let isSent = false;
  let isSignedOut = false;
  let isRetried = false;
  let lastSave = null;
  let saved = null;

  const editor = () => document.querySelector(FORM);
  const controller = (form, name) =>
    window.wagtail?.app?.getControllerForElementAndIdentifier(form, name);
  const isAction = (name) => name.startsWith(ACTION) || name.startsWith("workflow-action-");

  const stopSaving = () => {
    isSent = true;
    // A save that waits for its moment looks at this event when the moment comes.
    lastSave?.preventDefault();
  };

  const saveAgain = () => {
    isSent = false;
    editor()?.dispatchEvent(new CustomEvent("w-unsaved:add", { cancelable: true }));
  };

  const say = (text) => {
    const detail = { clear: true, text, type: "error" };
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
    editor()?.dispatchEvent(new CustomEvent("w-autosave:error", { bubbles: true, detail }));
  };

  /* Returns "" when the editor may save, or a sentence that says why not. Signing in gives new
     tokens, without which the form would be refused. */
  const trouble = async () => {
    try {
      const options = { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) };
      const answer = await fetch(session, options);
      isSignedOut = answer.type === "opaqueredirect";
      if (isSignedOut) return signedOut;
      const { token } = await answer.json();
      for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
      return "";
    } catch {
      return noAnswer;
    }
  };

  document.addEventListener("w-autosave:save", (event) => {
    lastSave = event;
    saved = new URLSearchParams(controller(event.target, "w-unsaved")?.formData);
    if (isSent || [...event.detail.formData.keys()].some(isAction)) event.preventDefault();
  });

  document.addEventListener("w-autosave:error", async ({ detail }) => {
    if (detail.type !== "server_error") return;
    const reason = await trouble();
    if (reason) say(reason);
    else if (!isRetried) saveAgain();
    // The tokens are new now; what is refused with them too is no matter of signing in.
    isRetried = !reason;
  });

  /* Wagtail takes all that is in the form for saved, also what came into it after the save was
     made up. Told that there is more, it saves again, and asks before the page is left. */
  const saveTheRest = (form, updates) => {
    for (const [name, value] of Object.entries(updates ?? {})) saved.set(name, value);
    if (String(saved) === controller(form, "w-unsaved")?.formData) return;
    form.dataset.wUnsavedForceValue = "true";
  };

  document.addEventListener("w-autosave:success", ({ target, detail }) => {
    isRetried = false;
    saveTheRest(target, detail.data.field_updates);
  });

  /* Returns whether the save that is under way has been answered. The first one of a new page
     gives it its own address; sent to the old one, the page would be made twice. */
  const isAnswered = (form) => {
    const autosave = controller(form, "w-autosave");
    const tooLate = new Promise((resolve) => setTimeout(resolve, PATIENCE, false));
    return Promise.race([Promise.resolve(autosave?.submitPromise).then(() => true), tooLate]);
  };

  const hidden = (name, value) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    return input;
  };

  const takeBack = (form, button) => {
    form.querySelectorAll("input[type=hidden]").forEach((input) => {
      if (isAction(input.name)) input.remove();
    });
    button?.setAttribute("data-w-progress-loading-value", "false");
    isSent = false;
  };

  const send = async (form, button) => {
    stopSaving();
    // The button is switched off while it works, and a button that is off sends nothing.
    if (button?.name) form.append(hidden(button.name, button.value || "true"));
    const reason = (await isAnswered(form)) ? await trouble() : noAnswer;
    if (reason) {
      takeBack(form, button);
      say(reason);
    } else {
      form.dataset.isSignedIn = "true";
      form.requestSubmit();
    }
  };

  // Before Wagtail's own listeners, which take the form for sent.
  window.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.matches(FORM) || form.dataset.isSignedIn) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!isSent) send(form, event.submitter);
    },
    { capture: true },
  );

  // Locking and the like send a form of their own, without an event.
  document.addEventListener(
    "click",
    ({ target }) => {
      if (target.closest?.('[data-action*="w-action#post"]')) stopSaving();
    },
    { capture: true },
  );

  window.addEventListener("beforeunload", (event) => {
    // Who is asked whether to leave, and stays, goes on writing.
    setTimeout(() => event.defaultPrevented && saveAgain());
  });

  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted || !editor()) return;
    delete editor().dataset.isSignedIn;
    takeBack(editor());
  });

  // Back from signing in in another window.
  window.addEventListener("focus", async () => {
    if (!isSignedOut || (await trouble())) return;
    document.dispatchEvent(new CustomEvent("w-messages:clear"));
    saveAgain();
  });
})();
