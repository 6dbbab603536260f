/* Two faults of wagtailmedia's window for choosing a video, made good until it mends them. */

(() => {
  // It answers a refused upload with its list; what is wrong stands behind another tab, beside
  // a form for audio whose fields have the same ids, so that labels lead there.
  const openFaultyTab = () => {
    const fault = document.querySelector(".wagtailmedia-tabs [role=tabpanel] .error-message");
    const panel = fault?.closest("[role=tabpanel]");
    if (!panel) return;
    for (const other of document.querySelectorAll(".wagtailmedia-tabs [id^=tab-upload-]")) {
      if (other === panel) continue;
      document.getElementById(other.getAttribute("aria-labelledby")).remove();
      other.remove();
    }
    document.getElementById(panel.getAttribute("aria-labelledby")).click();
  };

  // The tabs have just been put in, and are made to work before the next frame.
  window.jQuery(document).on("ajaxSuccess", () => requestAnimationFrame(openFaultyTab));

  // Where the title is missing it calls this, which Wagtail no longer has; the window of the
  // browser would go to the bare answer, with all that was typed into the page.
  window.cancelSpinner ??= () => {
    for (const button of document.querySelectorAll(".media-upload [data-controller~=w-progress]")) {
      button.dataset.wProgressLoadingValue = "false";
    }
  };
})();
