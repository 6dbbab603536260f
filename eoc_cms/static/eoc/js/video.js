/**
 * Play a video on the page once its play link has been pressed. Until then no other
 * site is asked for anything; without this file the link leads to the provider.
 */

const PLAY = "a[data-player]";

function makePlayer(link) {
  const player = document.createElement("iframe");
  player.src = link.dataset.player;
  player.title = link.dataset.playerTitle;
  player.width = "1280";
  player.height = "720";
  player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  player.allowFullscreen = true;
  // YouTube refuses to play where it is not told which site asks.
  player.referrerPolicy = "strict-origin-when-cross-origin";
  return player;
}

/** Put the player in the place of the poster, and the keyboard into the player. */
function play(link) {
  const player = makePlayer(link);
  const frame = link.closest(".video__frame");
  if (frame) {
    frame.replaceChildren(player);
  } else {
    const made = document.createElement("div");
    made.className = "video__frame";
    made.append(player);
    link.parentElement.before(made);
    // The link stays beneath, as a plain one, for where the player is blocked.
    link.removeAttribute("role");
    delete link.dataset.player;
  }
  player.focus();
}

function isPlainPress(event) {
  return !(event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest(PLAY) : null;
  if (!link || !isPlainPress(event)) return;
  event.preventDefault();
  play(link);
});

// It acts as a button now, so it says so and answers the space bar as one does.
for (const link of document.querySelectorAll(PLAY)) link.setAttribute("role", "button");

document.addEventListener("keydown", (event) => {
  const link = event.target instanceof Element ? event.target.closest(PLAY) : null;
  if (!link || event.key !== " ") return;
  event.preventDefault();
  play(link);
});
