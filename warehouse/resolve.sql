-- Which statement fills a cell of the wide tables: DESIGN section 5, read top to bottom.
-- In: changed_cell (town_id, year), report, fact_indicator, indicator. Out: temporary view next_resolution.
-- All steps are set-based and depend on what is stored alone, never on the order of loading.

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

-- Nearly every cell is stated once, and then there is nothing to weigh; the steps below look at the others only.
CREATE OR REPLACE TEMP TABLE crowded AS SELECT mark FROM stated GROUP BY mark HAVING count(*) > 1;

CREATE OR REPLACE TEMP TABLE eligible AS
WITH best AS (
    SELECT town_id, year, indicator, bool_or(is_whole_year) AS is_whole_year,
           CASE WHEN NOT bool_or(is_whole_year) THEN max(as_of) END AS as_of
    FROM stated SEMI JOIN crowded USING (mark) GROUP BY town_id, year, indicator
)
SELECT s.*
FROM stated s JOIN best b USING (town_id, year, indicator, is_whole_year)
WHERE s.as_of IS NOT DISTINCT FROM b.as_of;

CREATE OR REPLACE TEMP TABLE rival AS
SELECT * FROM eligible QUALIFY count(*) OVER (PARTITION BY town_id, year, indicator) > 1;

-- Of these the ones that compete: a stated total of the whole beats parts; a rate of the whole beats rates of parts.
CREATE OR REPLACE TEMP TABLE competing AS
WITH marked AS (
    SELECT *, is_stated_total AND scope = '' AS is_total, {'value': value, 'low': low, 'high': high, 'bound': bound} AS reading FROM rival
), strongest AS (
    SELECT * FROM marked
    SEMI JOIN (SELECT town_id, year, indicator, bool_or(is_total) AS is_total FROM marked GROUP BY ALL)
        USING (town_id, year, indicator, is_total)
)
SELECT * EXCLUDE (has_whole)
FROM strongest JOIN (SELECT town_id, year, indicator, bool_or(scope = '') AS has_whole FROM strongest GROUP BY ALL)
    USING (town_id, year, indicator)
WHERE measure <> 'rate' OR (scope = '') = has_whole;

-- One row per cell and scope: what is said of it, and whether exact values contradict each other.
CREATE OR REPLACE TEMP TABLE scope_reading AS
SELECT town_id, year, indicator, scope,
       count(DISTINCT reading) AS readings,
       count(DISTINCT value) FILTER (WHERE bound = 'exact') AS exact_values,
       min(low) AS low, max(span_end) AS span_end, min(span_start) AS span_start, any_value(report_id) AS report_id
FROM competing
GROUP BY ALL;

-- Scopes are disjoint where all are of one kind (levels, halves or quarters of the year; disjoint_scope) or where one
-- sentence lists them side by side. Of scopes from different sentences nobody knows. In the same way two figures that
-- one sentence lists do not contradict each other: they count different things (广场1处、一条街1条、文化墙12处).
CREATE OR REPLACE TEMP TABLE cell_scopes AS
WITH cell AS (
    SELECT s.town_id, s.year, s.indicator,
           count(*) AS scopes, max(readings) AS readings, max(exact_values) AS exact_values,
           bool_or(s.scope = '') AS has_whole, sum(s.low) AS sum_low, count(s.low) = count(*) AS has_all_low,
           count(DISTINCT d.family) = 1 AND count(d.family) = count(*) AND count(DISTINCT d.class) = count(*)
               AS is_one_family,
           min(s.span_start) AS first_place, max(s.span_end) AS last_place, any_value(s.report_id) AS report_id
    FROM scope_reading s
    LEFT JOIN disjoint_scope d ON d.scope = s.scope
    GROUP BY s.town_id, s.year, s.indicator
), listed AS (
    SELECT town_id, year, indicator, NOT regexp_matches(
               substr(t.text, first_place + 1, last_place - first_place), '[。！？；;\n]') AS is_one_sentence
    FROM cell JOIN report_text t USING (report_id)
    WHERE scopes > 1 OR exact_values > 1
)
SELECT cell.*, coalesce(is_one_family, false) AS is_of_one_kind, coalesce(is_one_sentence, false) AS is_one_sentence
FROM cell LEFT JOIN listed USING (town_id, year, indicator);

CREATE OR REPLACE TEMP TABLE cell_policy AS
WITH counted AS (
    SELECT e.town_id, e.year, e.indicator, any_value(e.measure) AS measure, count(*) AS mentions,
           min(e.confidence) AS least_confidence, list(e.fact_id ORDER BY e.span_start, e.fact_id) AS facts
    FROM rival e GROUP BY e.town_id, e.year, e.indicator
), agreed AS (
    SELECT town_id, year, indicator, count(DISTINCT reading) AS readings, bool_or(is_total) AS is_total
    FROM competing GROUP BY town_id, year, indicator
)
SELECT c.*, s.sum_low,
    CASE
        WHEN a.is_total AND a.readings = 1 THEN 'stated_total'
        WHEN a.readings = 1 AND (s.scopes = 1 OR c.measure = 'rate') THEN 'single'
        WHEN s.exact_values > 1 AND (c.measure = 'rate' OR NOT s.is_one_sentence) THEN 'conflict'
        WHEN c.measure = 'rate' AND s.scopes > 1 THEN 'conflict'
        WHEN s.scopes > 1 AND NOT s.has_whole AND s.readings = 1 AND s.has_all_low
            AND (s.is_of_one_kind OR s.is_one_sentence) THEN 'parts'
        ELSE 'maximum'
    END AS policy
FROM counted c
JOIN agreed a USING (town_id, year, indicator)
JOIN cell_scopes s USING (town_id, year, indicator);

-- The statement a cell rests on: the first of equal ones; for a maximum the one with the highest lower bound, and only
-- where none has a lower bound (approx, at_most) the highest figure, which then stands with its own bound.
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT c.*, p.policy, p.mentions, p.sum_low, p.least_confidence, p.facts
FROM competing c
JOIN cell_policy p USING (town_id, year, indicator)
QUALIFY row_number() OVER (
    PARTITION BY c.town_id, c.year, c.indicator
    ORDER BY CASE WHEN p.policy = 'maximum' THEN c.low END DESC NULLS LAST,
             CASE WHEN p.policy = 'maximum' THEN coalesce(c.value, c.high) END DESC NULLS LAST,
             c.span_start, c.fact_id) = 1;

CREATE OR REPLACE TEMP TABLE weighed AS
SELECT
    c.town_id, c.year, c.indicator, c.report_id,
    CASE WHEN policy NOT IN ('parts', 'conflict') THEN c.fact_id END AS chosen_fact_id,
    policy,
    CASE policy WHEN 'conflict' THEN NULL WHEN 'parts' THEN sum_low
        WHEN 'maximum' THEN coalesce(c.low, c.value) ELSE c.value END::DECIMAL(24, 6) AS value,
    CASE policy WHEN 'conflict' THEN NULL WHEN 'parts' THEN sum_low ELSE c.low END::DECIMAL(24, 6) AS low,
    CASE WHEN policy IN ('conflict', 'parts') OR (policy = 'maximum' AND c.low IS NOT NULL) THEN NULL
        ELSE c.high END::DECIMAL(24, 6) AS high,
    CASE WHEN policy = 'conflict' THEN NULL
        WHEN policy = 'parts' OR (policy = 'maximum' AND c.low IS NOT NULL) THEN 'at_least'
        ELSE c.bound END AS bound,
    c.unit, c.as_of, c.mentions::INTEGER AS mentions,
    CASE WHEN policy IN ('parts', 'conflict') THEN c.facts
        ELSE list_filter(c.facts, lambda fact: fact <> c.fact_id) END AS rivals,
    CASE WHEN policy IN ('parts', 'conflict') THEN c.least_confidence ELSE c.confidence END AS confidence
FROM chosen c;

-- A view, so that a million cells go to their table in one step.
CREATE OR REPLACE TEMP VIEW next_resolution AS
SELECT town_id, year, indicator, report_id, fact_id AS chosen_fact_id, 'single' AS policy, value, low, high, bound, unit,
       as_of, 1 AS mentions, []::VARCHAR[] AS rivals, confidence
FROM (FROM stated ANTI JOIN crowded USING (mark)
      UNION ALL FROM eligible ANTI JOIN rival USING (town_id, year, indicator))
UNION ALL BY NAME
FROM weighed;
