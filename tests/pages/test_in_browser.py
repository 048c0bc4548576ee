"""The pages as a person meets them: opened from disk in headless Chromium."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.flows.reports import TOWNS, report
from tests.flows.townfacts_process import clean_environment, command
from tests.pages.conftest import House, Seen
from transforms.corrections import parse_corrections

Look = Callable[..., Seen]
pytestmark = pytest.mark.slow
PHONE = 390


@pytest.fixture(scope="module")
def charted(known: House) -> House:
    """The known reports, with the charts."""
    done = known.write(with_charts=True)
    assert (done.written, done.charts_missing) == (1, False)
    return known


def report_page(house: House, where: str) -> Path:
    ((report_id,),) = house.ask(f"SELECT report_id FROM report WHERE {where} ORDER BY report_id LIMIT 1")
    return house.pages / "report" / f"{report_id}.html"


def opened_in(seen: Seen) -> float:
    """Milliseconds from the request to all scripts done, those that lie in the page compressed too."""
    loaded = "performance.getEntriesByType('navigation')[0].loadEventEnd"
    return float(seen.page.evaluate(f"+document.documentElement.dataset.ready || {loaded}"))


@pytest.mark.parametrize(("width", "lang"), [(1360, "zh"), (PHONE, "en")])
def test_every_page_opens_without_a_word(charted: House, look: Look, width: int, lang: str) -> None:
    slow = {}
    for path in sorted(charted.pages.rglob("*.html")):
        seen = look(path, width, lang)
        if path.name.startswith("indicators"):
            seen.page.wait_for_selector("html[data-drawn]")
            assert seen.page.locator("#trend svg").count() == 1
        assert seen.said == []
        assert all(url.startswith(("file:", "blob:")) for url in seen.asked), seen.asked
        assert seen.page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[lang]
        wider = seen.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{path.name} is {wider} px wider than the screen"
        if opened_in(seen) > 1000:
            slow[path.name] = opened_in(seen)
        seen.page.close()
    assert len(slow) <= 3, slow  # the machine may hiccup, the pages must not


def test_what_is_marked_is_what_the_ledger_says(charted: House, look: Look) -> None:
    for report_id, numerals in charted.ask("SELECT report_id, count(*) FROM ledger GROUP BY ALL"):
        seen = look(charted.pages / "report" / f"{report_id}.html")
        marked = seen.page.evaluate(
            "new Set([...document.querySelectorAll('article mark:not(.worded)')].map(m => m.dataset.n)).size"
        )
        listed = seen.page.locator("#pane-list .row").count()
        worded = seen.page.evaluate("townfacts.data.items.filter(i => i.r === 'worded').length")
        assert (marked, listed) == (numerals, int(str(numerals)) + worded)
        (text,) = charted.ask(f"SELECT text FROM report_text WHERE report_id = '{report_id}'")[0]
        shown = seen.page.evaluate("[...document.querySelectorAll('.b')].map(b => b.textContent).join('')")
        assert shown == str(text).replace("\r\n", "\n")
        seen.page.close()


def test_filters_keys_and_language(charted: House, look: Look) -> None:
    page = look(report_page(charted, "relative_path LIKE '%lanhe%'")).page
    rows = page.locator("#pane-list .row")
    everything = rows.count()
    fact_chip = page.locator(".chip.fact")
    facts = int(fact_chip.locator("b").inner_text())
    fact_chip.click()
    assert rows.count() == facts < everything
    assert page.locator("article mark.date:not(.off)").count() == 0
    page.locator(".chip.date").click(modifiers=["Shift"])
    assert rows.count() == facts + int(page.locator(".chip.date b").inner_text())
    fact_chip.click()
    fact_chip.click()
    assert rows.count() == everything
    page.select_option("#domain", "mediation")
    assert 0 < rows.count() < facts
    page.select_option("#domain", "")
    doubtful = int(page.locator("#count-doubtful").inner_text())
    page.click("#doubtful")
    assert rows.count() == doubtful > 1
    page.click("#doubtful")
    page.keyboard.press("n")
    first = page.locator("mark.on").first.get_attribute("data-n")
    assert "d" in str(page.locator("mark.on").first.get_attribute("class")).split()
    page.keyboard.press("n")
    assert page.locator("mark.on").first.get_attribute("data-n") != first
    page.keyboard.press("p")
    assert page.locator("mark.on").first.get_attribute("data-n") == first
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator("mark.on").first.get_attribute("data-n") == first
    assert (
        "把握" in page.locator("#detail").inner_text() or "没有指标" in page.locator("#detail").inner_text()
    )
    page.click("#language")
    assert "Doubtful" in page.locator("#detail").inner_text()
    assert "存疑" not in page.locator("body").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("mark.on").count() == 0
    rows.nth(3).click()
    assert page.locator("mark.on").first.get_attribute("data-n") == rows.nth(3).get_attribute("data-n")


def test_both_forms_of_the_text_side_by_side(charted: House, look: Look) -> None:
    for path in (charted.pages / "report").glob("*.html"):
        if 'class="pair"' in path.read_text("utf-8"):
            page = look(path).page
            page.click("#compare")
            assert page.locator(".pair .r").first.is_visible()
            assert page.locator(".pair .r ins").count() > 0
            return
    pytest.fail("no report of the samples needs a repair")


def test_hover_tells_what_was_read(charted: House, look: Look) -> None:
    page = look(report_page(charted, "relative_path LIKE '%lanhe%'"), lang="en").page
    page.locator("mark.fact").first.hover()
    tip = page.locator("#tip").inner_text()
    assert "Confidence" in tip
    assert page.locator("#tip").is_visible()


def test_a_link_to_a_fact_opens_it(charted: House, look: Look) -> None:
    ((report_id, fact_id, text),) = charted.ask(
        "SELECT report_id, fact_id, span_text FROM fact_indicator WHERE span_text NOT LIKE '% %' LIMIT 1"
    )
    seen = look(charted.pages / "report" / f"{report_id}.html", hash_=f"#{fact_id}")
    seen.page.wait_for_selector("mark.on")
    assert str(text) in seen.page.locator("#detail").inner_text()


def test_towns_are_found_by_a_word(charted: House, look: Look) -> None:
    page = look(charted.pages / "index.html").page
    page.fill("#find", "榄核")
    assert page.locator("tr[data-find]:visible").count() == 1


def test_every_indicator_draws(charted: House, look: Look) -> None:
    seen = look(charted.pages / "indicators.html")
    codes = seen.page.evaluate(
        "[...document.querySelectorAll('#indicator option:enabled')].map(o => o.value)"
    )
    assert (
        len(codes) == charted.ask("SELECT count(DISTINCT indicator) FROM resolution WHERE bound <> ''")[0][0]
    )
    for code in codes[::8]:
        seen.page.select_option("#indicator", code)
        seen.page.wait_for_selector(f"html[data-drawn={code}]")
    assert seen.said == []
    assert seen.page.locator("#trend svg").count() == 1


def test_html_in_a_report_runs_nowhere(house: House, look: Look) -> None:
    hostile = "<script>document.title='caught'</script><img src=x onerror=\"document.title='caught'\">"
    text = (
        report("赵化镇")
        .replace("法治宣传活动23场", f"法治宣传{hostile}活动23场")
        .replace("扎实推进", f"{hostile}</script>")
    )
    (house.source / "a.txt").write_text(text, "utf-8")
    house.load()
    house.write()
    for path in sorted(house.pages.rglob("*.html")):
        seen = look(path)
        for key in ("n", "n", "e"):
            seen.page.keyboard.press(key)
        assert seen.page.title() != "caught"
        assert seen.page.locator("img").count() == 0
        assert seen.said == []
    (page,) = (house.pages / "report").glob("*.html")
    assert hostile in look(page).page.locator("article").inner_text()


def fill(page: Any, reason: str = "", author: str = "李明") -> None:
    if reason:
        page.fill("[name=reason]", reason)
    page.fill("[name=author]", author)
    page.locator("#work button[type=submit]").click()


def pick(page: Any, text: str) -> None:
    page.locator("article mark", has_text=text).first.click()


def downloaded(page: Any) -> str:
    with page.expect_download() as waiting:
        page.click("#get")
    return Path(waiting.value.path()).read_text("utf-8")


def test_decisions_make_a_file_that_townfacts_reads(house: House, look: Look) -> None:
    for number, town in enumerate(TOWNS):
        (house.source / f"{number}.txt").write_text(report(town, meetings=3 + number), "utf-8")
    house.load()
    house.write()
    seen = look(report_page(house, "relative_path = '0.txt'"))
    page = seen.page
    pick(page, "4600余份")
    page.keyboard.press("a")
    page.locator("#work button[type=submit]").click()  # no name yet
    assert page.locator(".err").inner_text()
    fill(page)
    pick(page, "23场")
    page.keyboard.press("e")
    page.fill("[name=indicator]", "school_events")
    page.fill("[name=value]", "x")
    fill(page, "学校活动")
    assert page.locator(".err").inner_text()
    page.fill("[name=value]", "24")
    fill(page, "学校活动")
    pick(page, "120件")
    page.keyboard.press("r")
    alike = page.locator("[name=alike]")
    assert alike.count() == 2
    alike.first.check()
    fill(page)
    pick(page, "98%以上")
    page.keyboard.press("a")
    page.check("[name=everywhere]")
    fill(page)
    corrections = parse_corrections(downloaded(page))
    told = {(c.action, c.indicator, c.report): c for c in corrections}
    assert set(told) == {
        ("confirm", "leaflets", "0.txt"),
        ("drop", "publicity_events", "0.txt"),
        ("set", "school_events", "0.txt"),
        ("drop", "disputes_mediated", "0.txt"),
        ("drop", "disputes_mediated", "1.txt"),
        ("confirm", "mediation_success_rate", None),
    }
    assert told["set", "school_events", "0.txt"].figures is not None
    assert {c.author for c in corrections} == {"李明"}
    assert seen.said == []
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#fixes").inner_text() == "4"  # kept by the browser
    pick(page, "120件")
    page.get_by_role("button", name="撤回").first.click()
    assert len(tomllib.loads(downloaded(page))["correction"]) == 4


def test_an_edit_on_the_page_changes_the_warehouse_and_stays(house: House, look: Look) -> None:
    for number, town in enumerate(TOWNS):
        (house.source / f"{number}.txt").write_text(report(town, meetings=3 + number), "utf-8")

    def run() -> None:
        done = subprocess.run(
            command("run", house.source, "--warehouse", house.folder, "--pages", "--runner", "serial"),
            env=clean_environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr

    run()
    page = look(report_page(house, "relative_path = '0.txt'")).page
    pick(page, "23场")
    page.keyboard.press("e")
    page.fill("[name=value]", "32")
    fill(page, "抄写之误")
    (house.source / "corrections.toml").write_text(downloaded(page), "utf-8")
    for _ in range(3):
        run()
        values = house.ask(
            "SELECT relative_path, value::INT, rule FROM fact_indicator JOIN report USING (report_id)"
            " WHERE indicator = 'publicity_events' ORDER BY ALL"
        )
        assert values[0] == ("0.txt", 32, "correction")
        assert [value for _, value, _ in values[1:]] == [23, 23]
        assert house.ask("SELECT state, reports FROM correction") == [("applied", 1)]
    seen = look(report_page(house, "relative_path = '0.txt'"))
    pick(seen.page, "23场")
    assert "抄写之误" in seen.page.locator("#detail").inner_text()
    assert "32" in seen.page.locator("#detail .big").inner_text()
