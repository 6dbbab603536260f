/* What the checks of core/content_checks.py look at. Each returns true when all is well. */

(() => {
  const userbar = window.wagtail?.userbar;
  if (!userbar?.registerCheck) return;

  const wordsOf = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const levelOf = (heading) => Number(heading.tagName[1]);
  const headings = () => [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")];

  const saysWhere = (link, { phrases }) => {
    const words = link.getAttribute("aria-label") || wordsOf(link);
    const plain = words.toLowerCase().replace(/[\s.…:!>»→]+$/u, "");
    return !phrases.includes(plain);
  };

  const isNoAddress = (link) => !/^(https?:\/\/|www\.)\S+$/i.test(wordsOf(link));

  const hasTranscript = (video) => video.querySelector("details") !== null;

  const isNoPictureOfText = (image, { pattern, longest }) => {
    const file = decodeURIComponent((image.currentSrc || image.src).split("/").pop());
    const looksLikeText = new RegExp(`(^|[^\\p{L}])(${pattern})([^\\p{L}]|$)`, "iu");
    return image.alt.length <= longest && !looksLikeText.test(image.alt) && !looksLikeText.test(file);
  };

  const hasSomethingUnderIt = (heading) => {
    const all = headings();
    const next = all[all.indexOf(heading) + 1];
    if (next && levelOf(next) > levelOf(heading)) return true;
    const part = document.createRange();
    part.setStartAfter(heading);
    if (next) part.setEndBefore(next);
    else part.setEndAfter(heading.closest("main").lastChild);
    const content = part.cloneContents();
    const shows = "img, picture, video, svg, table, iframe, form, input";
    return wordsOf(content) !== "" || content.querySelector(shows) !== null;
  };

  const skipsNoLevel = (heading) => {
    const all = headings();
    const before = all[all.indexOf(heading) - 1];
    return !before || levelOf(heading) - levelOf(before) <= 1;
  };

  userbar.registerCheck("eoc-link-words-check", saysWhere);
  userbar.registerCheck("eoc-link-address-check", isNoAddress);
  userbar.registerCheck("eoc-transcript-check", hasTranscript);
  userbar.registerCheck("eoc-picture-of-text-check", isNoPictureOfText);
  userbar.registerCheck("eoc-empty-part-check", hasSomethingUnderIt);
  userbar.registerCheck("eoc-folded-heading-check", skipsNoLevel);
})();
