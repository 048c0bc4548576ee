-- Which reports share their text and how; read by radar.py, which runs the statements in one transaction after a load,
-- when prints.py has printed the clauses. Only current reports are compared, all with all, in linear time: a report is held
-- against those that stand next to it among the reports with the same clause, for every clause it has.

-- Reports go by number here, in the order of their names: pairs are as many as clauses, and a name takes ten times the room.
CREATE OR REPLACE TEMP TABLE numbered_report AS
SELECT report_id, row_number() OVER (ORDER BY report_id)::INTEGER AS n,
       n // 10000 AS part -- pairs of so many reports are counted at a time, and as many parts of the clauses sorted
FROM (SELECT DISTINCT report_id FROM clause_print);

CREATE OR REPLACE TEMP TABLE beside (n INTEGER, characters INTEGER, one INTEGER, two INTEGER);

INSERT INTO beside
SELECT n, characters::INTEGER, lag(n) OVER w, lag(n, 2) OVER w
FROM clause_print JOIN numbered_report USING (report_id)
WHERE masked % (SELECT max(part) + 1 FROM numbered_report) = getvariable('part')
WINDOW w AS (PARTITION BY masked ORDER BY n);

CREATE OR REPLACE TEMP TABLE likely (a INTEGER, b INTEGER);

INSERT INTO likely
WITH voted AS (
    SELECT n AS a, one AS b, characters FROM beside WHERE one IS NOT NULL
    UNION ALL SELECT one, n, characters FROM beside WHERE one IS NOT NULL
    UNION ALL SELECT n, two, characters FROM beside WHERE two IS NOT NULL
    UNION ALL SELECT two, n, characters FROM beside WHERE two IS NOT NULL
), counted AS (
    SELECT a, b, sum(characters)::INTEGER AS votes FROM voted WHERE a // 10000 = getvariable('part') GROUP BY a, b
)
SELECT a, b FROM counted QUALIFY row_number() OVER (PARTITION BY a ORDER BY votes DESC, b) <= 3;

DROP TABLE beside;

CREATE OR REPLACE TEMP TABLE likely_pair AS
SELECT x.report_id AS a, y.report_id AS b
FROM likely JOIN numbered_report x ON x.n = a JOIN numbered_report y ON y.n = b;

DELETE FROM report_likeness;

INSERT INTO report_likeness
WITH mine AS MATERIALIZED (
    -- materialized, so that clauses are never joined with each other before the pair is known: stock phrases stand everywhere
    SELECT q.a, q.b, p.masked, p.exact, p.characters, p.has_number
    FROM likely_pair q JOIN clause_print p ON p.report_id = q.a
), shared AS (
    SELECT m.a, m.b, sum(m.characters) AS characters,
           sum(m.characters) FILTER (m.has_number) AS with_numbers,
           sum(m.characters) FILTER (m.has_number AND m.exact = o.exact) AS same_numbers
    FROM mine m JOIN clause_print o ON o.report_id = m.b AND o.masked = m.masked
    GROUP BY m.a, m.b
), nearest AS (
    SELECT * FROM shared QUALIFY row_number() OVER (PARTITION BY a ORDER BY characters DESC, b) = 1
), spread AS (
    SELECT masked, count(*) AS reports FROM clause_print GROUP BY masked
), total AS (
    SELECT p.report_id, sum(p.characters) AS characters,
           sum(p.characters) FILTER (s.reports > 3) AS common
    FROM clause_print p JOIN spread s USING (masked) GROUP BY p.report_id
), figure AS (
    SELECT report_id,
           count(*) FILTER (i.measure <> 'rate' AND f.low >= 10) AS counts,
           count(*) FILTER (i.measure <> 'rate' AND f.low >= 10 AND f.low % 10 = 0) AS round_counts,
           count(*) FILTER (i.measure = 'rate') AS rates,
           count(*) FILTER (i.measure = 'rate' AND f.low = 100) AS full_rates
    FROM fact_indicator f JOIN indicator i USING (indicator)
    WHERE f.status = 'reported' AND f.low IS NOT NULL GROUP BY report_id
)
SELECT r.report_id, n.b AS like_report_id, t.characters,
       round(n.characters / t.characters, 4) AS like_share,
       CASE WHEN n.with_numbers > 0 THEN round(coalesce(n.same_numbers, 0) / n.with_numbers, 4) END AS same_numbers_share,
       round(coalesce(t.common, 0) / t.characters, 4) AS common_share,
       CASE WHEN g.counts > 0 THEN round(g.round_counts / g.counts, 4) END AS round_share,
       CASE WHEN g.rates > 0 THEN round(g.full_rates / g.rates, 4) END AS full_rate_share
FROM report r
LEFT JOIN total t USING (report_id) LEFT JOIN nearest n ON n.a = r.report_id LEFT JOIN figure g USING (report_id)
WHERE r.is_current;
