-- Which statements may fill a cell of the wide tables, and which cells are stated more than once: rivals.py weighs those.
-- In: changed_cell (town_id, year), report, fact_indicator, indicator. Out: view stated, table crowded, table weighed to be
-- filled, view next_resolution.

-- Statements that may fill a cell of their year. A figure of several years, of an event or of a month never does; one
-- that begins in January (it has a cut-off, or its report ends within the year) only where nothing better stands. What
-- a recogniser of scans was unsure of never does: a misread digit is a wrong figure.
CREATE OR REPLACE TEMP TABLE speaking AS
SELECT report_id, period_end FROM report SEMI JOIN changed_cell USING (town_id, year) WHERE is_current;

-- `mark` stands for town, year and indicator. Two cells may share one, which costs a look and changes nothing.
CREATE OR REPLACE TEMP VIEW stated AS
SELECT
    f.town_id, f.year, f.indicator, f.report_id, f.fact_id, f.value, f.low, f.high, f.bound, f.span_start,
    f.span_end, f.confidence, f.is_stated_total, hash(f.report_id, f.indicator) AS mark,
    coalesce(f.scope, '') AS scope, i.measure, i.unit,
    f.period = 'year' AND r.period_end IS NULL AS is_whole_year,
    CASE WHEN f.period = 'year' AND r.period_end IS NULL THEN NULL
         ELSE coalesce(f.as_of, r.period_end) END AS as_of
FROM fact_indicator f
JOIN speaking r ON r.report_id = f.report_id
JOIN indicator i ON i.indicator = f.indicator
WHERE f.status = 'reported'
  AND f.confidence_reading >= coalesce(getvariable('least_confidence_reading'), 0)
  AND (f.period = 'year' OR (f.period = 'part_year' AND f.as_of IS NOT NULL));

-- Nearly every cell is stated once, and then there is nothing to weigh.
CREATE OR REPLACE TEMP TABLE crowded AS SELECT mark FROM stated GROUP BY mark HAVING count(*) > 1;

CREATE OR REPLACE TEMP TABLE weighed (
    town_id VARCHAR, year INTEGER, indicator VARCHAR, report_id VARCHAR, chosen_fact_id VARCHAR, policy VARCHAR,
    value DECIMAL(24, 6), low DECIMAL(24, 6), high DECIMAL(24, 6), bound VARCHAR, unit VARCHAR, as_of DATE,
    mentions INTEGER, rivals VARCHAR[], confidence DOUBLE
);

-- A view, so that a million cells go to their table in one step.
CREATE OR REPLACE TEMP VIEW next_resolution AS
SELECT town_id, year, indicator, report_id, fact_id AS chosen_fact_id, 'single' AS policy, value, low, high, bound, unit,
       as_of, 1 AS mentions, []::VARCHAR[] AS rivals, confidence
FROM stated ANTI JOIN crowded USING (mark)
UNION ALL BY NAME
FROM weighed;
