-- What a report page is made of. Temporary; made once for all pages, read by report_rows.py for some reports at a time.

-- One row per sentence pattern, fact and report: clauses that say the same with other figures, in other towns.
CREATE OR REPLACE TEMP TABLE pattern AS
SELECT f.load_id, f.report_id, f.fact_id, f.town_id, f.indicator, f.clause, f.value, f.low, f.high, f.bound, f.unit, f.span_text,
       regexp_replace(replace(f.clause, t.name, ''), '[0-9０-９.．,，〇零一二两三四五六七八九十百千万亿余多\s]+', '#', 'g') AS words
FROM fact_indicator f JOIN report r USING (report_id) JOIN town t ON t.town_id = f.town_id
WHERE r.is_current AND f.clause IS NOT NULL AND length(f.clause) <= 200;

DELETE FROM pattern WHERE length(words) < 8;

-- At most five a pattern, one a town: enough to decide together, and the pages stay small. The first loaded come
-- first and the count ends at six, so that a new report does not change the pages of all that say the same.
CREATE OR REPLACE TEMP TABLE alike AS
SELECT p.*, r.relative_path, r.year, t.name AS town,
       row_number() OVER (PARTITION BY p.indicator, p.words ORDER BY p.load_id, p.report_id, p.fact_id) AS place,
       least(count(*) OVER (PARTITION BY p.indicator, p.words), 7) AS towns
FROM (SELECT * FROM pattern
      QUALIFY row_number() OVER (PARTITION BY indicator, words, town_id ORDER BY load_id, report_id, fact_id) = 1) p
JOIN report r USING (report_id) JOIN town t ON t.town_id = p.town_id
QUALIFY towns > 1;

CREATE OR REPLACE TEMP TABLE fact_alike AS
SELECT p.report_id, p.fact_id, a.towns - 1 AS towns, a.report_id AS other_report, a.relative_path, a.town, a.year,
       a.clause, a.value, a.low, a.high, a.bound, a.unit, a.span_text, a.place
FROM pattern p JOIN alike a USING (indicator, words)
WHERE a.place <= 6 AND a.town_id <> p.town_id
QUALIFY row_number() OVER (PARTITION BY p.fact_id ORDER BY a.place) <= 5;

CREATE OR REPLACE TEMP TABLE page_report AS
SELECT r.* EXCLUDE (loaded_at, load_id, source, rulebook_version), t.name AS town, t.county, t.city, t.province,
       c.report_id AS current_report
FROM report r JOIN town t USING (town_id)
LEFT JOIN report c ON c.town_id = r.town_id AND c.year = r.year AND c.is_current AND NOT r.is_current;

CREATE OR REPLACE TEMP TABLE page_fact AS
SELECT f.* EXCLUDE (load_id, rulebook_version), s.policy, s.chosen_fact_id = f.fact_id AS is_chosen
FROM fact_indicator f
LEFT JOIN resolution s ON s.report_id = f.report_id AND s.indicator = f.indicator
     AND (s.chosen_fact_id = f.fact_id OR list_contains(s.rivals, f.fact_id)
          OR s.policy IN ('parts', 'conflict') AND f.status = 'reported');

CREATE OR REPLACE TEMP TABLE page_flag AS
SELECT r.report_id, f.* FROM flag f JOIN report r ON r.town_id = f.town_id AND r.year = f.year AND r.is_current;

CREATE OR REPLACE TEMP TABLE page_correction AS
SELECT u.correction_id, u.report_id, u.fact_id, u.outcome, u.note, c.action, c.author, c.decided_on, c.reason
FROM correction_use u JOIN correction c USING (correction_id);

CREATE OR REPLACE TEMP TABLE page_likeness AS
SELECT l.*, o.year AS like_year, t.name AS like_town
FROM report_likeness l
LEFT JOIN report o ON o.report_id = l.like_report_id LEFT JOIN town t ON t.town_id = o.town_id;
