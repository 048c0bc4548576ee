-- Where several stand for one town and year they are ranked: one whose file is gone stands behind one that came when it
-- had gone (renamed and changed in one step), if that covers the same time and is dated no earlier. Then, where every
-- rival is dated the later publication wins, else a report of the whole year beats one of a part, then the later of those
-- that are dated (one that is not does not put their dates out of force), then the smaller sha256, so that the order of
-- loading never matters.
CREATE OR REPLACE TEMP TABLE next_report AS
WITH contested AS (
    SELECT town_id, year FROM standing GROUP BY ALL HAVING count(*) > 1
), rival AS (
    SELECT * FROM standing SEMI JOIN contested USING (town_id, year)
), lies AS (
    -- where the rivals lie, as of this load: since when, and since when no longer
    SELECT report_id, first_seen_load AS since,
           CASE WHEN path IN (SELECT path FROM gone_file) THEN coalesce(gone_since_load, getvariable('load_id'))
                WHEN path NOT IN (SELECT path FROM read_file) THEN gone_since_load END AS gone_since
    FROM source_file WHERE report_id IN (SELECT report_id FROM rival)
    UNION ALL SELECT report_id, getvariable('load_id'), NULL FROM read_file
), span AS (
    SELECT report_id, min(since) AS came, CASE WHEN count(*) = count(gone_since) THEN max(gone_since) END AS went
    FROM lies GROUP BY report_id
), followed AS (
    SELECT DISTINCT gone.report_id
    FROM rival gone JOIN span s USING (report_id)
    JOIN rival next USING (town_id, year) JOIN span n ON n.report_id = next.report_id
    WHERE n.came >= s.went AND next.period_end IS NOT DISTINCT FROM gone.period_end
      AND coalesce(next.issued_on >= gone.issued_on, true)
), dated AS (
    SELECT *, report_id IN (FROM followed) AS is_followed,
           bool_and(issued_on IS NOT NULL) OVER (PARTITION BY town_id, year) AS is_all_dated
    FROM rival
), ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY town_id, year
        ORDER BY is_followed, CASE WHEN is_all_dated THEN issued_on END DESC,
                 coalesce(month(period_end) * 100 + day(period_end) < 1231, false),
                 issued_on DESC NULLS LAST,
                 sha256) AS place
    FROM dated
)
SELECT * EXCLUDE (is_followed, is_all_dated, place),
       place = 1 AS is_current,
       nullif(first_value(report_id) OVER (PARTITION BY town_id, year, content_key ORDER BY place), report_id)
           AS duplicate_of,
       getvariable('loaded_at') AS loaded_at
FROM ranked
UNION ALL BY NAME
SELECT *, true AS is_current, NULL::VARCHAR AS duplicate_of, getvariable('loaded_at') AS loaded_at
FROM standing ANTI JOIN contested USING (town_id, year);
