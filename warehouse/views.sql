-- Views for people and BI tools, made again at every change of this file or of the catalogue.
-- `town_year` and `town_year_zh` have a column for every indicator and are made by views.py.

-- One row per town, year and indicator that a current report states, with its names, bounds and sentence.
CREATE OR REPLACE VIEW indicator_long AS
SELECT
    t.province, t.city, t.county, t.name AS town, s.town_id, s.year,
    i.domain, s.indicator, i.name_zh, i.name_en, i.measure, s.unit,
    s.value, s.low, s.high, s.bound, bound_text(s.value, s.low, s.high) AS shown,
    s.policy, s.mentions, s.as_of, s.confidence,
    f.hedge, f.span_text, f.clause, f.section, r.title, r.source, s.report_id, s.chosen_fact_id
FROM resolution s
JOIN town t ON t.town_id = s.town_id
JOIN indicator i ON i.indicator = s.indicator
JOIN report r ON r.report_id = s.report_id
LEFT JOIN fact_indicator f ON f.fact_id = s.chosen_fact_id;

-- One row per known town, year between the first and the last report of all, and indicator: what is known, or which
-- kind of silence it is. Silence is typed, because "not reported" and "none" are different answers.
CREATE OR REPLACE VIEW coverage AS
WITH span AS (
    SELECT unnest(range(min(year), max(year) + 1))::INTEGER AS year FROM report
), grid AS (
    SELECT t.town_id, t.province, t.city, t.county, t.name AS town, span.year, i.domain, i.indicator, i.name_zh,
           i.name_en
    FROM town t CROSS JOIN span CROSS JOIN indicator i
), waiting AS (
    SELECT town_id, year, bool_or(stage = 'decode' OR code = 'text_empty') AS is_unreadable
    FROM quarantine WHERE resolved_by IS NULL AND subject = '' AND town_id IS NOT NULL GROUP BY town_id, year
), other_statement AS (
    SELECT report_id, indicator,
           bool_or(status = 'reported' AND period IN ('year', 'part_year') AND confidence_reading < coalesce(
               (SELECT value::DOUBLE FROM meta WHERE name = 'least_confidence_reading'), 0)) AS is_unsure
    FROM fact_indicator GROUP BY report_id, indicator
)
SELECT
    g.*, r.report_id,
    CASE
        WHEN s.policy = 'conflict' THEN 'conflict'
        WHEN s.value = 0 AND s.high = 0 AND NOT regexp_matches(f.span_text, '[0-9０-９〇零]') THEN 'denied'
        WHEN s.value = 0 AND s.high = 0 THEN 'zero'
        WHEN s.indicator IS NOT NULL THEN 'reported'
        WHEN r.report_id IS NULL AND w.is_unreadable THEN 'unreadable'
        WHEN r.report_id IS NULL AND w.town_id IS NOT NULL THEN 'in quarantine'
        WHEN r.report_id IS NULL THEN 'report missing'
        WHEN o.is_unsure THEN 'hard to read'
        WHEN o.indicator IS NOT NULL THEN 'not for the year'
        WHEN m.indicator IS NOT NULL THEN 'mentioned without number'
        ELSE 'silent'
    END AS state,
    s.value, s.low, s.high
FROM grid g
LEFT JOIN report r ON r.town_id = g.town_id AND r.year = g.year AND r.is_current
LEFT JOIN resolution s ON s.town_id = g.town_id AND s.year = g.year AND s.indicator = g.indicator
LEFT JOIN fact_indicator f ON f.fact_id = s.chosen_fact_id
LEFT JOIN other_statement o ON o.report_id = r.report_id AND o.indicator = g.indicator
LEFT JOIN mention m ON m.report_id = r.report_id AND m.indicator = g.indicator
LEFT JOIN waiting w ON w.town_id = g.town_id AND w.year = g.year;

-- One row per figure that is odd beside the year before or beside the neighbours: a flag to look at, never a judgement.
-- Bounds count: a jump is told only where it is one whatever the true figures are.
CREATE OR REPLACE VIEW flag AS
WITH cell AS (
    SELECT s.*, t.county, t.province, t.name AS town
    FROM resolution s JOIN town t USING (town_id)
    WHERE s.low IS NOT NULL OR s.high IS NOT NULL
), pair AS (
    SELECT now.*, past.value AS other_value, past.low AS other_low, past.high AS other_high
    FROM cell now JOIN cell past
      ON past.town_id = now.town_id AND past.indicator = now.indicator AND past.year = now.year - 1
), middle AS (
    SELECT county, province, year, indicator, median(low) AS usual, count(*) AS towns
    FROM cell WHERE low IS NOT NULL AND low = high GROUP BY ALL HAVING count(*) >= 5
), placed AS (
    -- what stands right behind the figure it is a change of
    SELECT l.report_id, l.role, l.value, l.unit, l.text AS span_text, l.span_start,
           lag(l.role) OVER w AS role_before, lag(l.span_start) OVER w AS start_before, lag(l.span_end) OVER w AS end_before
    FROM ledger l WHERE l.report_id IN (SELECT report_id FROM ledger WHERE role = 'change')
    WINDOW w AS (PARTITION BY l.report_id ORDER BY l.span_start)
), worded AS (
    SELECT p.report_id, f.indicator, f.fact_id, p.value, p.unit, p.span_text,
           substr(x.text, p.end_before + 1, p.span_start - p.end_before) AS words
    FROM placed p
    JOIN ledger_fact k ON k.report_id = p.report_id AND k.span_start = p.start_before
    JOIN fact_indicator f ON f.fact_id = k.fact_id
    JOIN report_text x ON x.report_id = p.report_id
    WHERE p.role = 'change' AND p.role_before = 'fact' AND p.span_start - p.end_before <= 24
      AND (p.unit = '%' OR p.unit IS NOT DISTINCT FROM f.unit)
), stated AS (
    SELECT *, CASE WHEN regexp_matches(words, '(增长|增長|上升|增加|提高|提升|多)[^，,；;。]{0,6}$') THEN 1
                   WHEN regexp_matches(words, '(下降|减少|減少|降低|下滑|少)[^，,；;。]{0,6}$') THEN -1 END AS direction
    FROM worded
), change AS (
    SELECT p.*, s.span_text, s.unit AS change_unit, s.direction * s.value AS stated_change,
           CASE WHEN s.unit = '%' THEN CASE WHEN p.other_low > 0 THEN (p.low / p.other_low - 1) * 100 END
                ELSE p.low - p.other_low END AS true_change,
           CASE WHEN s.unit = '%' THEN power(10, -length(regexp_extract(s.span_text, '[.．](\d+)', 1))) ELSE 0 END AS slack
    FROM stated s JOIN pair p ON p.report_id = s.report_id AND p.chosen_fact_id = s.fact_id
    WHERE s.direction IS NOT NULL AND p.low = p.high AND p.other_low = p.other_high
)
SELECT town_id, county, town, year, indicator, 'tenfold_rise' AS flag, low, high, other_low, other_high,
       bound_text(value, low, high) || ' after ' || bound_text(other_value, other_low, other_high) AS message
FROM pair WHERE other_high > 0 AND low >= 10 * other_high AND low >= 20
UNION ALL
SELECT town_id, county, town, year, indicator, 'tenfold_fall', low, high, other_low, other_high,
       bound_text(value, low, high) || ' after ' || bound_text(other_value, other_low, other_high)
FROM pair WHERE other_low >= 10 * high AND other_low >= 20
UNION ALL
SELECT town_id, county, town, year, indicator, 'same_as_last_year', low, high, other_low, other_high,
       bound_text(value, low, high) || ' in both years'
FROM pair JOIN indicator i USING (indicator)
WHERE i.measure IN ('flow', 'amount') AND low = high AND low = other_low AND other_low = other_high AND low >= 20
UNION ALL
SELECT c.town_id, c.county, c.town, c.year, c.indicator, 'far_from_neighbours', c.low, c.high, m.usual, m.usual,
       bound_text(c.value, c.low, c.high) || ', the usual of ' || m.towns || ' towns of the county is ' || number_text(m.usual::DECIMAL(24, 6))
FROM cell c JOIN middle m
  ON m.county = c.county AND m.province = c.province AND m.year = c.year AND m.indicator = c.indicator
WHERE m.usual > 0 AND (c.low >= 10 * m.usual AND c.low >= 20 OR 10 * c.high <= m.usual AND m.usual >= 20)
UNION ALL
SELECT town_id, county, town, year, indicator,
       CASE WHEN abs(true_change - stated_change) <= slack THEN 'change_confirmed' ELSE 'change_contradicted' END,
       low, high, other_low, other_high,
       'stated ' || span_text || ', from ' || number_text(other_low) || ' to ' || number_text(low) || ' is '
       || printf('%+.4g', true_change::DOUBLE) || CASE WHEN change_unit = '%' THEN ' %' ELSE '' END
FROM change WHERE true_change IS NOT NULL;

-- One row per figure of the last audit: what is counted now, after the changing load before, and the difference.
CREATE OR REPLACE VIEW drift AS
WITH audited AS (
    SELECT max(load_id) AS last_load, max(load_id) FILTER (load_id < (SELECT max(load_id) FROM audit)) AS load_before FROM audit
), now AS (
    SELECT * FROM audit WHERE load_id = (SELECT last_load FROM audited)
), past AS (
    SELECT * FROM audit WHERE load_id = (SELECT load_before FROM audited)
)
SELECT measure, item, coalesce(now.counted, 0) AS counted, (SELECT load_before FROM audited) AS load_before,
       CASE WHEN (SELECT load_before FROM audited) IS NOT NULL THEN coalesce(past.counted, 0) END AS counted_before,
       CASE WHEN (SELECT load_before FROM audited) IS NOT NULL
            THEN coalesce(now.counted, 0) - coalesce(past.counted, 0) END AS difference
FROM now FULL JOIN past USING (measure, item);
