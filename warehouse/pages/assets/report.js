// The report page: what each mark was read as, filters, keys, and decisions on what was read.
(function () {
  const D = townfacts.data, W = townfacts.words;
  document.head.append(Object.assign(document.createElement("style"), { textContent: townfacts.style }));
  const I = {}, $ = (id) => document.getElementById(id), root = document.documentElement;
  for (const domain in D.catalogue) for (const [code, zh, en, measure, unit] of D.catalogue[domain]) I[code] = { code, domain, zh, en, measure, unit };
  const pair = (table, key) => (W[table] && W[table][key]) || [key, key];
  const now = (both) => both[root.dataset.lang === "zh" ? 0 : 1];

  // elements are built, never parsed: what a report says stays text
  function el(tag, attrs, ...inner) {
    const made = document.createElement(tag);
    for (const name in attrs || {}) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), attrs[name]);
      else if (attrs[name] !== null && attrs[name] !== undefined && attrs[name] !== false) made.setAttribute(name, attrs[name]);
    }
    made.append(...inner.filter((part) => part !== null && part !== undefined));
    return made;
  }
  const both = ([zh, en]) => { const f = document.createDocumentFragment(); f.append(el("span", { lang: "zh" }, zh), el("span", { lang: "en" }, en)); return f; };
  const T = (key) => both(pair("script", key));
  const V = (table, key) => both(pair(table, key));
  const nameOf = (code) => both(I[code] ? [I[code].zh, I[code].en] : [code, code]);

  function shown(f) {
    if (f.b === "range") return f.l + "–" + f.h;
    return { exact: "", at_least: "≥ ", at_most: "≤ ", approx: "≈ " }[f.b] + f.v;
  }
  const least = (f) => Math.min(...f.c);
  const marks = new Map();
  for (const mark of document.querySelectorAll("article mark")) {
    const n = +mark.dataset.n;
    if (!marks.has(n)) marks.set(n, []);
    marks.get(n).push(mark);
  }

  // filter
  const state = { on: -1, domain: "", doubtful: false, roles: new Set(D.items.map((item) => item.r)) };
  const passes = (item) => state.roles.has(item.r) && (!state.doubtful || item.d)
    && (!state.domain || (item.f || []).some((k) => I[D.facts[k].i].domain === state.domain));
  const group = (n) => D.id + " " + n;
  function drawList() {
    const rows = [];
    D.items.forEach((item, n) => {
      const ok = passes(item);
      for (const mark of marks.get(n) || []) mark.classList.toggle("off", !ok);
      if (!ok) return;
      const facts = (item.f || []).map((k) => D.facts[k]);
      const what = facts.length ? nameOf(facts[0].i) : V("role", item.r);
      rows.push(el("button", { type: "button", class: "row" + (item.d ? " d" : ""), "data-n": n, onclick: () => select(n, true) },
        el("span", { class: "t " + item.r }, item.t),
        el("span", { class: "w" }, what, facts.length > 1 ? " +" + (facts.length - 1) : null),
        el("span", { class: "v" }, facts.length ? shown(facts[0]) : item.v || "", Corrections.of(group(n)).length ? " ✓" : null)));
    });
    $("pane-list").replaceChildren(...(rows.length ? rows : [el("p", { class: "empty" }, T("nothing"))]));
    current();
  }
  function current() {
    for (const row of $("pane-list").querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
    const row = $("pane-list").querySelector('[data-n="' + state.on + '"]');
    if (!row) return;
    row.setAttribute("aria-current", "true");
    const pane = $("pane-list"), at = row.offsetTop - pane.offsetTop;
    if (at < pane.scrollTop || at + row.offsetHeight > pane.scrollTop + pane.clientHeight) pane.scrollTop = at - pane.clientHeight / 2;
  }

  // the number picked
  function select(n, scroll) {
    for (const mark of marks.get(state.on) || []) mark.classList.remove("on");
    state.on = n;
    for (const mark of marks.get(n) || []) mark.classList.add("on");
    if (scroll && marks.has(n)) marks.get(n)[0].scrollIntoView({ block: innerWidth <= 900 ? "start" : "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    $("tip").hidden = true;
    drawDetail();
    current();
  }
  const line = (term, ...what) => [el("dt", {}, term), el("dd", {}, ...what)];
  function confidence(f) {
    const names = ["reading", "of_rule", "check"], out = [];
    names.forEach((name, k) => out.push(el("span", { class: "nowrap" }, el("span", { class: "bar" + (f.c[k] < 0.9 ? " lo" : "") }, el("i", { style: "width:" + 100 * f.c[k] + "%" })), T(name), " " + f.c[k].toFixed(2)), " "));
    return out;
  }
  function factBox(f) {
    const bounds = f.b === "approx" ? "–" : (f.l === undefined ? "–∞" : f.l) + " … " + (f.h === undefined ? "∞" : f.h);
    const rows = [
      line(T("bound"), V("bound", f.b), " (" + bounds.replace("–∞", "…") + ")", f.hg ? " · " + f.hg : null),
      line(T("status"), V("status", f.st), " · ", V("period", f.p), f.y ? " " + f.y : null, f.a ? " → " + f.a : null),
      f.sc ? line(T("scope"), f.sc) : [], f.se ? line(T("section"), f.se) : [],
      line(T("rule"), el("code", {}, f.k)),
      line(T("confidence"), ...confidence(f)),
      f.po ? line(T("policy"), V("policy", f.po), " · ", T(f.ch ? "fills" : "not_chosen")) : [],
      ...(f.co || []).map(([action, who, when, why, note]) => line(T("corrected"), V("action", action), " · " + [who, when, why, note].filter(Boolean).join(" · "))),
    ];
    return el("div", { class: "factbox" },
      el("div", { class: "big" }, shown(f) + " ", el("small", {}, f.u || I[f.i].unit)),
      el("div", {}, el("b", {}, nameOf(f.i)), " ", el("span", { class: "tag" }, V("domain", I[f.i].domain)), " ", el("code", {}, f.i)),
      el("dl", {}, ...rows.flat()));
  }
  function drawDetail() {
    const box = $("detail"), item = D.items[state.on];
    if (!item) {
      box.removeAttribute("data-open");
      box.replaceChildren(el("p", { class: "empty" }, T(D.items.length ? "pick" : "nothing")));
      return;
    }
    box.setAttribute("data-open", "");
    const facts = (item.f || []).map((k) => D.facts[k]), kept = Corrections.of(group(state.on));
    const key = (letter) => el("kbd", {}, letter);
    box.replaceChildren(
      el("button", { type: "button", class: "close", "aria-label": "×", onclick: () => select(-1) }, "×"),
      el("div", {}, el("span", { class: "tag " + item.r }, V("role", item.r)), " ", el("b", {}, item.t)),
      ...(item.d ? [el("div", { class: "why" }, T("doubt"), ": ", ...item.d.flatMap((why, k) => [k ? " · " : "", V("doubt", why)]))] : []),
      ...(facts.length > 1 ? [el("p", { class: "small soft" }, T("which_fact"))] : []),
      ...facts.map(factBox),
      ...(facts.length ? [] : [el("dl", {}, ...[item.v ? line(T("value"), item.v + " " + (item.u || "")) : [], item.k ? line(T("rule"), el("code", {}, item.k)) : []].flat())]),
      ...(item.s === undefined ? [] : [el("dl", {}, ...line(T("sentence"), D.sentences[item.s]))]),
      el("div", { class: "acts" },
        facts.length ? el("button", { type: "button", onclick: accept }, T("accept"), key("a")) : null,
        item.s === undefined ? null : el("button", { type: "button", onclick: edit }, T("edit"), key("e")),
        facts.length ? el("button", { type: "button", onclick: reject }, T("reject"), key("r")) : null,
        kept.length ? el("button", { type: "button", onclick: () => { Corrections.takeBack(group(state.on)); changed(); } }, T("undo")) : null),
      el("div", { id: "work" }, ...kept.map((one) => el("pre", {}, one.text))));
  }

  // decisions
  const figuresOf = (f) => ({ value: f.v, low: f.l, high: f.h, bound: f.b });
  const here = (item, everywhere) => ({ report: everywhere ? null : D.path, report_id: D.id, sentence: D.sentences[item.s] });
  const canStandAlone = (sentence) => (sentence.match(/[0-9A-Za-z\u3400-\u9fff]/g) || []).length >= 8;
  const asOther = ([path, , clause, text, value, low, high, bound, id]) => ({ where: { report: path, report_id: id, sentence: clause }, expected: text, figures: { value, low, high, bound } });
  function changed() { drawDetail(); drawList(); drawFixes(); drawDone(); }
  function drawDone() { D.items.forEach((item, n) => { for (const mark of marks.get(n) || []) mark.classList.toggle("done", Corrections.of(group(n)).length > 0); }); }

  // one form for all three; `fields` are those of an edit
  function ask(action, item, f, fields) {
    const others = (f && f.al) || [], error = el("div", { class: "err", role: "alert" });
    const reason = el("input", { name: "reason", list: null, value: action === "confirm" ? now(pair("script", "default_accept")) : action === "drop" ? now(pair("script", "default_reject")) : "" });
    const author = el("input", { name: "author", value: Corrections.author, autocomplete: "name" });
    const everywhere = el("input", { type: "checkbox", name: "everywhere" });
    const boxes = others.map((other) => [el("input", { type: "checkbox", name: "alike" }), other]);
    const form = el("form", { novalidate: "", onsubmit: (event) => { event.preventDefault(); done(); } },
      ...(fields ? fields.parts : []),
      canStandAlone(D.sentences[item.s]) ? el("label", { class: "line" }, everywhere, el("span", {}, T("everywhere"))) : null,
      boxes.length ? el("div", { class: "small" }, T("alike")) : null,
      ...boxes.map(([box, [, who, clause]]) => el("label", { class: "line" }, box, el("span", {}, el("b", {}, who), " " + clause))),
      f && f.n > boxes.length ? el("div", { class: "small soft" }, T("and_more")) : null,
      el("div", { class: "two" }, el("label", {}, T("reason"), reason), el("label", {}, T("author"), author)),
      error,
      el("div", { class: "acts" }, el("button", { class: "main", type: "submit" }, T("save")), el("button", { type: "button", onclick: drawDetail }, T("cancel"))));
    const refuse = (key, field) => { error.replaceChildren(T(key)); if (field) field.focus(); };
    function done() {
      if (!author.value.trim()) return refuse("author_needed", author);
      if (!reason.value.trim()) return refuse("reason_needed", reason);
      const edited = fields ? fields.read(refuse) : {};
      if (!edited) return;
      Corrections.author = author.value;
      const chosen = boxes.filter(([box]) => box.checked).map(([, other]) => asOther(other));
      const places = [{ where: here(item, everywhere.checked), expected: f ? f.x : item.t, figures: edited.figures || (f && figuresOf(f)) }, ...chosen];
      const decisions = places.flatMap((place) => decide(action, f, edited, place));
      Corrections.keep(group(state.on), D.town + " " + D.year + " · " + item.t + (f ? " · " + I[f.i].zh : ""), decisions, reason.value.trim());
      changed();
    }
    $("work").replaceChildren(form);
    (fields ? fields.first : author.value ? form.querySelector("button.main") : author).focus();
  }
  function decide(action, f, edited, place) {
    const base = { ...place.where, expected: place.expected };
    if (action === "drop") return [{ ...base, action, indicator: f.i }];
    if (action === "confirm") return [{ ...base, action, indicator: f.i, figures: place.figures }];
    const set = { ...base, action, indicator: edited.indicator, figures: place.figures, unit: edited.unit, period: edited.period };
    return f && f.i !== edited.indicator ? [{ ...base, action: "drop", indicator: f.i }, set] : [set];
  }
  // a number behind several facts: the person says which
  function forFact(then) {
    const item = D.items[state.on];
    if (!item) return;
    const facts = (item.f || []).map((k) => D.facts[k]);
    if (facts.length < 2) return then(item, facts[0]);
    $("work").replaceChildren(el("div", { class: "acts" }, ...facts.map((f) => el("button", { type: "button", onclick: () => then(item, f) }, nameOf(f.i)))));
    $("work").querySelector("button").focus();
  }
  const say = (key) => { if ($("work")) $("work").replaceChildren(el("p", { class: "err" }, T(key))); };
  function accept() { forFact((item, f) => (f ? ask("confirm", item, f) : say("no_fact"))); }
  function reject() { forFact((item, f) => (f ? ask("drop", item, f) : say("no_fact"))); }
  function edit() { forFact((item, f) => { if (item.s !== undefined) ask("set", item, f, editFields(item, f)); }); }

  function editFields(item, f) {
    const field = (name, value, attrs) => el("input", { name, value: value === undefined || value === null ? "" : value, ...attrs });
    const choice = (name, table, chosen, first) => el("select", { name }, ...(first ? [el("option", { value: "" }, "–")] : []),
      ...Object.keys(W[table]).map((key) => el("option", { value: key, selected: key === chosen ? "" : null, "data-zh": W[table][key][0], "data-en": W[table][key][1] })));
    const indicator = field("indicator", f ? now([I[f.i].zh, I[f.i].en]) + " " + f.i : "", { list: "indicators", autocomplete: "off" });
    const value = field("value", f ? f.v : item.v, { inputmode: "decimal" }), low = field("low", f && f.l, { inputmode: "decimal" }), high = field("high", f && f.h, { inputmode: "decimal" });
    const bound = choice("bound", "bound", f ? f.b : "exact"), unit = field("unit", f ? f.u : item.u), period = choice("period", "period", f ? f.p : "year");
    const ends = el("div", { class: "two" }, el("label", {}, T("low"), low), el("label", {}, T("high"), high));
    const single = el("label", {}, T("value"), value);
    const fit = () => { const range = bound.value === "range"; ends.hidden = !range; ends.style.display = range ? "" : "none"; single.style.display = range ? "none" : ""; };
    bound.addEventListener("change", fit);
    const parts = [el("label", {}, T("indicator"), indicator), el("div", { class: "two" }, el("label", {}, T("bound"), bound), single), ends, el("div", { class: "two" }, el("label", {}, T("unit"), unit), el("label", {}, T("period"), period))];
    setTimeout(() => { relabel(); fit(); });
    const number = (text) => (/^\d{1,18}(\.\d{1,6})?$/.test(text.trim()) ? text.trim() : null);
    function read(refuse) {
      const code = indicator.value.trim().split(/\s+/).pop(), known = I[code] || Object.values(I).find((one) => [one.zh, one.en].includes(indicator.value.trim()));
      if (!known) return refuse("indicator_unknown", indicator), null;
      const range = bound.value === "range", given = range ? [low, high] : [value];
      for (const one of given) {
        const text = number(one.value);
        const wrong = text === null || (known.measure === "rate" && +text > 100) || (["flow", "stock"].includes(known.measure) && known.unit !== "小时" && text.includes("."));
        if (wrong) return refuse("number_needed", one), null;
      }
      if (range && !(+low.value < +high.value)) return refuse("range_needed", low), null;
      const figures = range ? { bound: "range", low: number(low.value), high: number(high.value) } : { bound: bound.value, value: number(value.value) };
      const was = f && f.i === known.code;
      return { indicator: known.code, figures, unit: was && unit.value === (f.u || "") ? null : unit.value.trim() || null, period: was && period.value === f.p ? null : period.value };
    }
    return { parts, read, first: indicator };
  }

  function drawFixes() {
    const found = Corrections.groups();
    $("fixes").textContent = found.size;
    const get = $("get");
    get.hidden = !found.size;
    get.replaceChildren(T("download"), " (" + found.size + ")");
    const rows = [...found].map(([name, { label, texts }]) => el("div", { class: "factbox" }, el("b", { class: "small" }, label), ...texts.map((text) => el("pre", {}, text)),
      el("button", { type: "button", onclick: () => { Corrections.takeBack(name); changed(); } }, T("undo"))));
    $("pane-fix").replaceChildren(...(rows.length ? [el("p", { class: "small soft" }, T("how_to_use")), ...(Corrections.persists ? [] : [el("p", { class: "why" }, T("kept_in_page"))]), ...rows] : [el("p", { class: "empty" }, T("no_corrections"))]));
  }

  function step(by, doubtful) {
    const order = D.items.map((_, n) => n).filter((n) => passes(D.items[n]) && (!doubtful || D.items[n].d));
    if (!order.length) return;
    const next = by > 0 ? order.find((n) => n > state.on) : [...order].reverse().find((n) => n < state.on);
    select(next !== undefined ? next : by > 0 ? order[0] : order[order.length - 1], true);
  }
  const KEYS = { n: () => step(1, true), p: () => step(-1, true), j: () => step(1), k: () => step(-1), a: accept, e: edit, r: reject, Escape: () => select(-1) };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (typing && event.key === "Escape") { drawDetail(); return; }
    if (typing || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  // hover
  const tip = $("tip");
  function tell(mark, event) {
    const item = D.items[+mark.dataset.n], facts = (item.f || []).map((k) => D.facts[k]);
    tip.replaceChildren(...(facts.length ? facts.flatMap((f) => [el("div", {}, el("b", {}, nameOf(f.i)), " " + shown(f) + " " + (f.u || "")), el("div", { class: "soft" }, V("bound", f.b), " · ", V("status", f.st), " · ", el("span", {}, f.k), " · ", T("confidence"), " " + least(f).toFixed(2))]) : [el("div", {}, V("role", item.r), item.v ? " " + item.v + " " + (item.u || "") : null)]),
      ...(item.d ? [el("div", {}, "⚠ ", ...item.d.flatMap((why, k) => [k ? " · " : "", V("doubt", why)]))] : []));
    tip.hidden = false;
    const x = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8), y = event.clientY + 18;
    tip.style.left = Math.max(8, x) + "px";
    tip.style.top = (y + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 12 : y) + "px";
  }
  const text = document.querySelector("article");
  text.addEventListener("mouseover", (event) => { const mark = event.target.closest("mark"); if (mark && matchMedia("(hover: hover)").matches) tell(mark, event); else tip.hidden = true; });
  text.addEventListener("mouseleave", () => { tip.hidden = true; });
  text.addEventListener("click", (event) => { const mark = event.target.closest("mark"); if (mark) select(+mark.dataset.n); });

  // tools
  for (const chip of document.querySelectorAll(".chip")) chip.addEventListener("click", (event) => {
    const role = chip.dataset.role, chips = [...document.querySelectorAll(".chip")];
    // a click alone shows this role only; again, all of them; with shift it is added or taken away
    const alone = state.roles.size === 1 && state.roles.has(role);
    if (event.shiftKey) { if (!state.roles.delete(role)) state.roles.add(role); }
    else state.roles = new Set(alone ? chips.map((c) => c.dataset.role) : [role]);
    for (const c of chips) c.setAttribute("aria-pressed", state.roles.has(c.dataset.role));
    drawList();
  });
  $("domain").addEventListener("change", () => { state.domain = $("domain").value; drawList(); });
  const toggle = (button, then) => button.addEventListener("click", () => { const on = button.getAttribute("aria-pressed") !== "true"; button.setAttribute("aria-pressed", on); then(on); });
  toggle($("doubtful"), (on) => { state.doubtful = on; drawList(); });
  toggle($("compare"), (on) => $("cols").classList.toggle("compare", on));
  for (const tab of document.querySelectorAll("[role=tab]")) tab.addEventListener("click", () => {
    for (const other of document.querySelectorAll("[role=tab]")) { other.setAttribute("aria-selected", other === tab); $("pane-" + other.dataset.pane).hidden = other !== tab; }
  });
  $("get").addEventListener("click", () => Corrections.download("corrections-" + D.town + "-" + D.year + ".toml"));
  function relabel() {
    for (const option of document.querySelectorAll("option[data-word]")) option.textContent = now(pair("domain", option.dataset.word)) + " (" + option.dataset.count + ")";
    for (const option of document.querySelectorAll("[data-zh]")) option.textContent = root.dataset.lang === "zh" ? option.dataset.zh : option.dataset.en;
    const names = $("indicators") || document.body.appendChild(el("datalist", { id: "indicators" }));
    names.replaceChildren(...Object.values(I).map((one) => el("option", { value: (root.dataset.lang === "zh" ? one.zh : one.en) + " " + one.code })));
  }
  document.addEventListener("language", relabel);
  relabel();
  drawList();
  drawDetail();
  drawFixes();
  drawDone();
  const wanted = /#(f[0-9a-f]+)$/.exec(location.hash), found = wanted ? D.items.findIndex((item) => (item.f || []).some((k) => D.facts[k].id === wanted[1])) : -1;
  if (found >= 0) select(found, true);
})();
