// Distribution and trend of the indicator chosen, with the bounds of every figure.
(function () {
  const D = townfacts.data, W = townfacts.words, $ = (id) => document.getElementById(id), root = document.documentElement;
  const now = (both) => both[root.dataset.lang === "zh" ? 0 : 1];
  const all = D.indicators.map(([code, domain, zh, en, measure, unit, note]) => ({ code, domain, names: [zh, en], measure, unit, note }));
  const stated = (one) => (D.cells[one.code] || []).length;
  const SHAPES = ["circle", "triangle-up", "triangle-down", "diamond", "square"], COLOURS = ["#2f7d5b", "#c07a12", "#8a4fbf", "#7b8794", "#1f5f99"];
  const sign = { exact: "", at_least: "≥ ", at_most: "≤ ", approx: "≈ " };
  const views = [];

  const wanted = location.hash.slice(1);
  if (D.elsewhere[wanted]) { location.replace(D.elsewhere[wanted] + "?lang=" + root.dataset.lang + "#" + wanted); return; }

  // the same place for the same town and year at every drawing
  const jitter = (a, b) => { let h = (a * 2654435761 + b * 40503) >>> 0; h ^= h >>> 15; h = (h * 2246822519) >>> 0; return (h % 1000) / 1000 - 0.5; };
  function points(code) {
    return (D.cells[code] || []).map(([town, year, value, low, high, bound, report, fact]) => {
      const name = D.bounds[bound], y = value === null ? (low + high) / 2 : value;
      return { town: D.towns[town].join(" · "), year, x: year + 0.5 * jitter(town, year), y, low, high, bound: name, bound_word: now(W.bound[name]), shown: name === "range" ? low + "–" + high : sign[name] + value, report, fact };
    });
  }
  function spec(name, values, log) {
    const made = JSON.parse(JSON.stringify(D.specs[name]));
    made.data = { values };
    made.config = { font: "inherit", view: { stroke: null }, axis: { labelColor: "#5d6675", gridColor: "#e9ecf0", domainColor: "#cfd4dc", tickColor: "#cfd4dc" } };
    // a layer of which nothing would be drawn has no extent
    const drawn = { range: (v) => v.low !== null && v.high !== null && v.low < v.high };
    if (made.layer) made.layer = made.layer.filter((layer) => {
      if (layer.mark.type !== "rule") return true;
      const bound = /'(at_\w+)'/.exec(layer.transform[0].filter);
      return values.some(bound ? (v) => v.bound === bound[1] : drawn.range);
    });
    const high = values.length > 0 && values.every((v) => v.y > 50 && v.y <= 100);
    const scale = { color: { domain: D.bounds, range: COLOURS }, shape: { domain: D.bounds, range: SHAPES } };
    for (const layer of made.layer || [made]) {
      const e = layer.encoding;
      for (const channel in scale) if (e[channel]) e[channel].scale = scale[channel];
      // rates crowd near 100
      if (high && e.y && name !== "histogram") e.y.scale = { zero: false };
      if (log && name !== "histogram" && e.y) e.y.scale = { type: "symlog" };
      if (name === "trend" && e.x) {
        const years = [...new Set(values.map((v) => v.year))].sort();
        e.x.scale = { domain: [years[0] - 0.5, years[years.length - 1] + 0.5], nice: false };
        e.x.axis = { values: years, format: "d", grid: false };
        e.x.title = null;
        if (e.y) e.y.title = null;
      }
      if (name === "ranks" && e.y) { e.x.title = null; e.y.title = null; }
    }
    return made;
  }
  async function draw(id, name, values, log) {
    const options = { actions: false, renderer: "svg", ast: true, tooltip: { theme: "dark" } };
    const result = await window.vegaEmbed("#" + id, spec(name, values, log), options);
    views.push(result);
    result.view.addEventListener("click", (event, item) => { if (item && item.datum && item.datum.report) location.href = "report/" + item.datum.report + ".html?lang=" + root.dataset.lang + (item.datum.fact ? "#" + item.datum.fact : ""); });
  }
  const middle = (sorted) => (sorted.length ? (sorted.length % 2 ? sorted[(sorted.length - 1) / 2] : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2) : null);
  async function show() {
    const one = all.find((i) => i.code === $("indicator").value), values = points(one.code);
    delete root.dataset.drawn;
    location.replace("#" + one.code);
    const years = [...new Set(values.map((v) => v.year))].sort(), chosen = years.includes(+$("year").value) ? $("year").value : "";
    $("year").replaceChildren(...["", ...years].map((year) => { const o = document.createElement("option"); o.value = year; o.textContent = year || $("year").dataset[root.dataset.lang]; o.selected = String(year) === chosen; return o; }));
    $("name").textContent = now(one.names); $("code").textContent = one.code; $("unit").textContent = one.unit; $("note").textContent = one.note;
    $("count").textContent = values.length;
    const sorted = values.map((v) => v.y).sort((a, b) => a - b), half = middle(sorted);
    $("median").textContent = half === null ? "–" : half;
    $("none").hidden = values.length > 0; $("charts").hidden = !values.length;
    while (views.length) views.pop().finalize();
    if (values.length && window.vegaEmbed) {
      const log = $("log").checked, some = values.filter((v) => !chosen || v.year === +chosen).sort((a, b) => a.y - b.y);
      some.forEach((v, n) => { v.rank = n + 1; });
      await Promise.all([draw("trend", "trend", values, log), draw("histogram", "histogram", some, log), draw("ranks", "ranks", some, log)]);
    }
    root.dataset.drawn = one.code;
  }
  function fill() {
    const chosen = $("indicator").value || location.hash.slice(1), groups = new Map();
    for (const one of all) { if (!groups.has(one.domain)) groups.set(one.domain, []); groups.get(one.domain).push(one); }
    $("indicator").replaceChildren(...[...groups].map(([domain, ones]) => {
      const group = document.createElement("optgroup");
      group.label = now(W.domain[domain] || [domain, domain]);
      for (const one of ones) { const o = document.createElement("option"); o.value = one.code; o.textContent = now(one.names) + " (" + stated(one) + ")"; o.disabled = !stated(one); group.append(o); }
      return group;
    }));
    const first = all.find((one) => one.code === chosen) || [...all].sort((a, b) => (a.measure === "rate") - (b.measure === "rate") || stated(b) - stated(a))[0];
    $("indicator").value = first.code;
  }
  function start(one) {
    // where the largest figure is far from the middle, the small ones would lie on the ground
    const sorted = points(one).map((v) => v.y).sort((a, b) => a - b), half = middle(sorted);
    $("log").checked = sorted.length > 4 && half > 0 && sorted[sorted.length - 1] > 30 * half;
    return show();
  }
  $("indicator").addEventListener("change", () => start($("indicator").value));
  for (const id of ["year", "log"]) $(id).addEventListener("change", show);
  document.addEventListener("language", () => { fill(); show(); });
  fill();
  start($("indicator").value);
})();
