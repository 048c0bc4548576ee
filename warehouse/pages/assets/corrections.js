// Decisions of the person at the page, as blocks of a corrections file (docs/corrections.md).
const Corrections = (function () {
  const KEY = "townfacts.corrections", AUTHOR = "townfacts.author";
  let kept = new Map(), author = "", persists = true;
  try {
    kept = new Map(JSON.parse(localStorage.getItem(KEY) || "[]"));
    author = localStorage.getItem(AUTHOR) || "";
    localStorage.setItem(KEY, JSON.stringify([...kept]));
  } catch (error) { persists = false; kept = new Map(); }

  function save() {
    if (!persists) return;
    try { localStorage.setItem(KEY, JSON.stringify([...kept])); localStorage.setItem(AUTHOR, author); }
    catch (error) { persists = false; }
  }
  // JSON's escapes are TOML's, but for DEL and halves of characters
  const quoted = (text) => JSON.stringify(String(text).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")).replace(/\x7f/g, "\\u007f");
  const today = () => { const d = new Date(), two = (n) => String(n).padStart(2, "0"); return d.getFullYear() + "-" + two(d.getMonth() + 1) + "-" + two(d.getDate()); };

  // what: action, where {report, report_id, sentence}, expected, indicator, figures {value, low, high, bound}, unit, period
  function block(what, reason) {
    const lines = ["[[correction]]", "action = " + quoted(what.action)];
    const plain = what.report && !/[\\\x00-\x1f]|^\/|(^|\/)\.\.(\/|$)/.test(what.report);
    if (what.report && plain) lines.push("report = " + quoted(what.report));
    else if (what.report) lines.push("report_id = " + quoted(what.report_id));
    for (const name of ["sentence", "expected", "indicator"]) if (what[name]) lines.push(name + " = " + quoted(what[name]));
    const f = what.figures;
    if (f && f.bound === "range") lines.push("low = " + f.low, "high = " + f.high);
    else if (f) { lines.push("value = " + f.value); if (f.bound !== "exact") lines.push("bound = " + quoted(f.bound)); }
    for (const name of ["unit", "period"]) if (what[name]) lines.push(name + " = " + quoted(what[name]));
    lines.push("reason = " + quoted(reason), "author = " + quoted(author), "date = " + today());
    return lines.join("\n") + "\n";
  }
  // two decisions on one subject would be refused, so the later takes the place of the earlier
  const subject = (w) => [w.report || "", w.sentence || "", w.expected, w.indicator].join("\n");

  return {
    get author() { return author; },
    set author(name) { author = name.trim(); save(); },
    get persists() { return persists; },
    get size() { return kept.size; },
    keep(group, label, decisions, reason) {
      this.takeBack(group);
      for (const what of decisions) { const key = subject(what); kept.delete(key); kept.set(key, { group, label, text: block(what, reason) }); }
      save();
    },
    takeBack(group) { for (const [key, one] of [...kept]) if (one.group === group) kept.delete(key); save(); },
    of(group) { return [...kept.values()].filter((one) => one.group === group); },
    groups() { const found = new Map(); for (const one of kept.values()) { if (!found.has(one.group)) found.set(one.group, { label: one.label, texts: [] }); found.get(one.group).texts.push(one.text); } return found; },
    text() { return "# corrections made on review pages of townfacts, " + today() + "\n\n" + [...kept.values()].map((one) => one.text).join("\n"); },
    download(name) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([this.text()], { type: "application/toml" }));
      link.download = name; document.body.append(link); link.click(); link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    },
  };
})();
