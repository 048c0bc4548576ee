-- Cases of quarantine, for people: opened, met again, resolved, and what happened to each in this load. Runs after files.sql;
-- looks at what stands, so that doing it twice writes nothing twice.

-- One row per refused thing; two refusals of the very same thing are told apart by their number.
CREATE OR REPLACE TEMP TABLE next_quarantine AS
SELECT 'q' || substr(md5(concat_ws(chr(31), coalesce(report_id, ''), stage, code, subject, number)), 1, 12)
           AS quarantine_id, stage, code, message, coalesce(report_id, '') AS report_id, source, relative_path, sha256,
       town_id, year, subject, payload
FROM (SELECT *, row_number() OVER (PARTITION BY report_id, stage, code, subject ORDER BY message, payload)::VARCHAR
             AS number FROM stage_quarantine
      WHERE subject <> '' OR report_id NOT IN (SELECT report_id FROM report)); -- else a copy of it was let in

CREATE OR REPLACE TEMP TABLE quarantine_change AS
SELECT (SELECT count(*) FROM next_quarantine n ANTI JOIN quarantine q USING (quarantine_id)) AS opened,
       (SELECT count(*) FROM next_quarantine n JOIN quarantine q USING (quarantine_id)
        WHERE q.resolved_by IS NOT NULL OR q.message <> n.message OR q.payload <> n.payload) AS reopened,
       0::BIGINT AS resolved;

UPDATE quarantine q
SET message = n.message, payload = n.payload, source = n.source, relative_path = n.relative_path,
    town_id = n.town_id, year = n.year, last_seen_load = getvariable('load_id'),
    last_seen_at = getvariable('loaded_at'), resolved_by = NULL, resolved_load = NULL
FROM next_quarantine n WHERE n.quarantine_id = q.quarantine_id;

INSERT INTO quarantine BY NAME
SELECT n.*, getvariable('load_id') AS first_seen_load, getvariable('load_id') AS last_seen_load,
       getvariable('loaded_at') AS first_seen_at, getvariable('loaded_at') AS last_seen_at
FROM next_quarantine n ANTI JOIN quarantine q USING (quarantine_id)
ORDER BY n.relative_path, n.subject, n.code, n.quarantine_id;

-- Read again without the reason: accepted. No file carries those bytes any more: replaced.
CREATE OR REPLACE TEMP TABLE resolved_now AS
SELECT quarantine_id,
       CASE WHEN report_id IN (SELECT report_id FROM read_file) THEN 'accepted' ELSE 'replaced' END AS resolved_by
FROM quarantine
WHERE resolved_by IS NULL AND last_seen_load < getvariable('load_id')
  AND (report_id IN (SELECT report_id FROM read_file) OR report_id NOT IN (SELECT report_id FROM source_file));

UPDATE quarantine q SET resolved_by = n.resolved_by, resolved_load = getvariable('load_id')
FROM resolved_now n WHERE n.quarantine_id = q.quarantine_id;

UPDATE quarantine_change SET resolved = (SELECT count(*) FROM resolved_now);

-- string_split, since DuckDB 2.0.0 cannot bind split_part over a column that is NULL throughout (no file was read before)
UPDATE quarantine q SET resolved_by = c.cause
FROM (
    SELECT q.quarantine_id,
           CASE WHEN q.code LIKE 'needs_extra_%' THEN 'extra'
                WHEN q.report_id IN (
                    SELECT u.report_id FROM correction_use u JOIN correction USING (correction_id)
                    WHERE u.outcome = 'applied' AND ((action IN ('set_town', 'set_year')) = (q.subject = '')))
                    THEN 'correction'
                WHEN b.rulebook_version <> '' AND string_split(b.rulebook_version, '+')[1]
                     <> string_split(n.rulebook_version, '+')[1] THEN 'rule'
                WHEN b.rulebook_version <> '' AND b.rulebook_version <> n.rulebook_version THEN 'manifest'
           END AS cause
    FROM quarantine q JOIN read_file n USING (report_id) LEFT JOIN read_before b USING (path)
    WHERE q.resolved_by = 'accepted' AND q.resolved_load = getvariable('load_id')
) c
WHERE c.quarantine_id = q.quarantine_id AND c.cause IS NOT NULL;

INSERT INTO quarantine_event BY NAME
WITH last AS (
    SELECT quarantine_id, max_by(event, load_id) AS event, max_by(message, load_id) AS message
    FROM quarantine_event GROUP BY quarantine_id
)
SELECT quarantine_id, getvariable('load_id') AS load_id,
       CASE WHEN l.event IS NULL AND q.resolved_by IS NULL THEN 'opened'
            WHEN q.resolved_by IS NOT NULL THEN 'resolved'
            WHEN l.event = 'resolved' THEN 'reopened'
            ELSE 'changed' END AS event,
       q.resolved_by AS cause, q.message
FROM quarantine q LEFT JOIN last l USING (quarantine_id)
WHERE l.event IS NULL OR (l.event = 'resolved') <> (q.resolved_by IS NOT NULL) OR l.message <> q.message
ORDER BY quarantine_id;
