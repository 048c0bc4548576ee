// Which of the two languages shows: as asked in the address, as kept, as the browser is set.
(function () {
  const root = document.documentElement, asked = /[?&]lang=(zh|en)/.exec(location.search);
  let kept = null;
  try { kept = localStorage.getItem("townfacts.lang"); } catch (error) { kept = null; }
  const use = (lang) => { root.dataset.lang = lang; root.lang = lang === "zh" ? "zh-CN" : "en"; };
  use(asked ? asked[1] : kept || (/^zh/.test(navigator.language) ? "zh" : "en"));
  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("language").addEventListener("click", () => {
      const next = root.dataset.lang === "zh" ? "en" : "zh";
      use(next);
      try { localStorage.setItem("townfacts.lang", next); } catch (error) { document.dispatchEvent(new Event("unkept")); }
      document.dispatchEvent(new Event("language"));
    });
    // where nothing is kept, or the address asks, the choice travels with the links
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest("a[href]");
      if (!link || !/\.html/.test(link.getAttribute("href"))) return;
      const [page, hash] = link.getAttribute("href").split("#");
      link.setAttribute("href", page.split("?")[0] + "?lang=" + root.dataset.lang + (hash ? "#" + hash : ""));
    });
  });
})();
