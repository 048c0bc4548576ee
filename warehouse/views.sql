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
    SELECT DISTINCT report_id, indicator FROM fact_indicator
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
