-- What became of each correction. Runs after files.sql; looks at what stands, so that doing it twice writes nothing twice.

-- A page that was changed, or is read otherwise now, so that a correction which held there does so no longer. It is known by
-- its path as given to the run, whole or from some folder on: another folder may have a file of the same name.
CREATE OR REPLACE TEMP TABLE lost_use AS
WITH was AS (
    SELECT DISTINCT u.correction_id, u.report_id, o.source
    FROM correction_use_history u
    JOIN (SELECT report_id, source FROM report_history UNION SELECT report_id, source FROM report) o USING (report_id)
    WHERE u.outcome = 'applied'
)
SELECT DISTINCT was.correction_id, n.relative_path
FROM was JOIN report n ON parse_filename(n.source) = parse_filename(was.source)
 AND (n.source = was.source OR ends_with(n.source, '/' || was.source) OR ends_with(was.source, '/' || n.source))
WHERE NOT EXISTS (FROM correction_use u WHERE u.correction_id = was.correction_id AND u.report_id = n.report_id
                                          AND u.outcome = 'applied');

CREATE OR REPLACE TEMP TABLE next_correction AS
WITH used AS (
    SELECT correction_id, count(DISTINCT report_id) FILTER (outcome = 'applied') AS reports,
           min(note) FILTER (outcome = 'missed') AS missed
    FROM correction_use GROUP BY correction_id
), lost AS (
    SELECT correction_id, 'holds no longer in ' || string_agg(relative_path, ', ' ORDER BY relative_path) AS note
    FROM lost_use GROUP BY correction_id
), told AS (
    SELECT c.correction_id, coalesce(used.reports, 0) AS reports, concat_ws('; ', missed, lost.note) AS note,
           CASE WHEN c.state = 'withdrawn' THEN c.state
                WHEN coalesce(used.reports, 0) > 0 THEN 'applied' ELSE 'stale' END AS state,
           CASE WHEN sentence IS NOT NULL AND report_path IS NULL AND c.report_id IS NULL AND town IS NULL
                    THEN 'the sentence stands in no report, or no longer'
                WHEN report_path IS NOT NULL THEN 'no report of this path was accepted'
                WHEN c.report_id IS NOT NULL THEN 'no report of this id was accepted'
                ELSE 'no report of this town and year was accepted' END AS unseen
    FROM correction c LEFT JOIN used USING (correction_id) LEFT JOIN lost USING (correction_id)
)
SELECT correction_id, reports, state,
       CASE WHEN state = 'withdrawn' THEN NULL
            WHEN state = 'stale' AND note = '' THEN unseen ELSE nullif(note, '') END AS note
FROM told;

CREATE OR REPLACE TEMP TABLE correction_change AS
SELECT n.* FROM next_correction n JOIN correction c USING (correction_id)
WHERE c.load_id IS NULL
   OR (c.state, c.reports) IS DISTINCT FROM (n.state, n.reports) OR c.note IS DISTINCT FROM n.note;

UPDATE correction c
SET state = n.state, reports = n.reports, note = n.note, load_id = getvariable('load_id')
FROM correction_change n WHERE n.correction_id = c.correction_id;
