-- What changed between two states and why. In: temporary views old_… and new_… of fact_indicator, report, report_text,
-- correction_use, indicator and town. Out: one row per fact added, removed or changed. A fact that says the same of the
-- same town and year is the same, whichever file says it; of the others the first old is paired with the first new, in
-- order of place.

CREATE OR REPLACE TEMP TABLE in_both AS
SELECT report_id FROM old_report INTERSECT SELECT report_id FROM new_report;

-- Where several say the same, those of reports in both states come first: what is more or less is what the others say.
CREATE OR REPLACE TEMP TABLE said AS
SELECT is_new, fact_id, report_id, town_id, year, indicator, value, low, high, bound, period, status, scope, span_start,
       span_text, clause, rule,
       row_number() OVER (
           PARTITION BY is_new, town_id, year, indicator, value, low, high, bound, period, status, scope
           ORDER BY report_id NOT IN (FROM in_both), span_start, fact_id) AS repeat
FROM (SELECT false AS is_new, * FROM old_fact_indicator UNION ALL BY NAME SELECT true AS is_new, * FROM new_fact_indicator);

CREATE OR REPLACE TEMP TABLE differing AS
SELECT *, row_number() OVER (PARTITION BY is_new, town_id, year, indicator ORDER BY span_start, fact_id) AS place
FROM said
QUALIFY count(*) OVER (PARTITION BY town_id, year, indicator, value, low, high, bound, period, status, scope, repeat) = 1;

-- Where people decided otherwise in one state than in the other: an indicator of a report, or (empty) all of it.
CREATE OR REPLACE TEMP TABLE decided AS
WITH used AS (
    SELECT false AS is_new, correction_id, report_id, fact_id FROM old_correction_use WHERE outcome = 'applied'
    UNION ALL SELECT true, correction_id, report_id, fact_id FROM new_correction_use WHERE outcome = 'applied'
), only_once AS (
    SELECT correction_id, report_id, any_value(fact_id) AS fact_id FROM used GROUP BY ALL
    HAVING count(DISTINCT is_new) = 1
)
SELECT DISTINCT o.report_id, s.indicator, s.fact_id
FROM only_once o LEFT JOIN said s ON s.fact_id = o.fact_id AND s.report_id = o.report_id
WHERE o.fact_id = '' OR s.indicator IS NOT NULL;

CREATE OR REPLACE TEMP TABLE difference AS
SELECT
    CASE WHEN o.fact_id IS NULL THEN 'added' WHEN n.fact_id IS NULL THEN 'removed' ELSE 'changed' END AS change,
    coalesce(nt.name, ot.name) AS town, coalesce(nt.county, ot.county) AS county,
    coalesce(n.year, o.year) AS year, coalesce(n.indicator, o.indicator) AS indicator,
    CASE
        WHEN n.fact_id IS NULL AND ni.indicator IS NULL THEN 'catalogue'
        WHEN o.fact_id IS NULL AND oi.indicator IS NULL THEN 'catalogue'
        WHEN EXISTS (FROM decided d WHERE d.report_id IN (n.report_id, o.report_id) AND d.indicator IS NULL)
            THEN 'correction'
        -- the very figure, in a file that may have changed elsewhere
        WHEN n.fact_id IN (SELECT fact_id FROM decided WHERE fact_id IS NOT NULL) THEN 'correction'
        -- the report that gained or lost the fact, looked up in the other state
        WHEN other.report_id IS NULL THEN 'source'
        WHEN EXISTS (FROM decided d WHERE d.report_id IN (n.report_id, o.report_id)
                         AND d.indicator = coalesce(n.indicator, o.indicator)) THEN 'correction'
        WHEN other.town_id <> coalesce(n.town_id, o.town_id) OR other.year <> coalesce(n.year, o.year) THEN 'gazetteer'
        WHEN old_text.text IS DISTINCT FROM new_text.text THEN 'reader'
        WHEN n.report_id <> o.report_id THEN 'source'
        ELSE 'rule'
    END AS cause,
    o.value AS old_value, o.low AS old_low, o.high AS old_high, o.period AS old_period, o.status AS old_status,
    n.value AS new_value, n.low AS new_low, n.high AS new_high, n.period AS new_period, n.status AS new_status,
    o.clause AS old_clause, n.clause AS new_clause, o.rule AS old_rule, n.rule AS new_rule,
    o.report_id AS old_report, n.report_id AS new_report
FROM (SELECT * FROM differing WHERE NOT is_new) o
FULL JOIN (SELECT * FROM differing WHERE is_new) n USING (town_id, year, indicator, place)
LEFT JOIN old_town ot ON ot.town_id = o.town_id
LEFT JOIN new_town nt ON nt.town_id = n.town_id
LEFT JOIN old_indicator oi ON oi.indicator = n.indicator
LEFT JOIN new_indicator ni ON ni.indicator = o.indicator
LEFT JOIN (SELECT false AS is_old, report_id, town_id, year FROM new_report
           UNION ALL SELECT true, report_id, town_id, year FROM old_report) other
    ON other.report_id = coalesce(n.report_id, o.report_id) AND other.is_old = (n.report_id IS NOT NULL)
LEFT JOIN old_report_text old_text ON old_text.report_id = coalesce(n.report_id, o.report_id)
LEFT JOIN new_report_text new_text ON new_text.report_id = coalesce(n.report_id, o.report_id);
