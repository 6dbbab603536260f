// Shows how far the walk is, for as long as it is under way. Without this, a link reloads the page.

const SECONDS = 2;
const shown = () => document.getElementById("lock-check");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.ok && !answer.redirected) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("lock-check");
    if (now) shown().replaceWith(document.adoptNode(now));
  }
  lookLater();
}

function lookLater() {
  if (shown()?.hasAttribute("data-under-way")) setTimeout(look, SECONDS * 1000);
}

lookLater();
