-- Where several stand for one town and year they are ranked: where every rival is dated the later publication wins, else a
-- report of the whole year beats one of a part, then the later of those that are dated (one that is not does not put their
-- dates out of force), then the smaller sha256, so that the order of loading never matters.
CREATE OR REPLACE TEMP TABLE next_report AS
WITH contested AS (
    SELECT town_id, year FROM standing GROUP BY ALL HAVING count(*) > 1
), dated AS (
    SELECT *, bool_and(issued_on IS NOT NULL) OVER (PARTITION BY town_id, year) AS is_all_dated
    FROM standing SEMI JOIN contested USING (town_id, year)
), ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY town_id, year
        ORDER BY CASE WHEN is_all_dated THEN issued_on END DESC,
                 coalesce(month(period_end) * 100 + day(period_end) < 1231, false),
                 issued_on DESC NULLS LAST,
                 sha256) AS place
    FROM dated
)
SELECT * EXCLUDE (is_all_dated, place),
       place = 1 AS is_current,
       nullif(first_value(report_id) OVER (PARTITION BY town_id, year, content_key ORDER BY place), report_id)
           AS duplicate_of,
       getvariable('loaded_at') AS loaded_at
FROM ranked
UNION ALL BY NAME
SELECT *, true AS is_current, NULL::VARCHAR AS duplicate_of, getvariable('loaded_at') AS loaded_at
FROM standing ANTI JOIN contested USING (town_id, year);
