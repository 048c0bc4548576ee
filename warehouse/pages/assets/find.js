// The line above a table narrows it to rows that hold the words.
(function () {
  const field = document.getElementById("find");
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const row of document.querySelectorAll("[data-find]")) row.hidden = !!wanted && !row.dataset.find.toLowerCase().includes(wanted);
    for (const body of document.querySelectorAll("tbody[data-group]")) body.hidden = !body.querySelector("[data-find]:not([hidden])");
  });
})();
