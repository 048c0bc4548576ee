-- What became of each file: source_file for the next run, quarantine for people. Runs after the tables are replaced.

UPDATE source_file f
SET relative_path = n.relative_path, size = n.size, mtime_ns = n.mtime_ns, sha256 = n.sha256,
    report_id = n.report_id, rulebook_version = n.rulebook_version, last_seen_load = getvariable('load_id'),
    gone_since_load = NULL
FROM read_file n WHERE n.path = f.path;

INSERT INTO source_file BY NAME
SELECT n.*, 'accepted' AS status, getvariable('load_id') AS first_seen_load, getvariable('load_id') AS last_seen_load
FROM read_file n ANTI JOIN source_file f USING (path)
ORDER BY n.path;

-- A file that was only touched keeps its content: the new time is noted, so that it is not hashed again.
UPDATE source_file f SET last_seen_load = getvariable('load_id'), mtime_ns = s.mtime_ns
FROM stage_file s WHERE s.path = f.path AND s.outcome = 'unchanged';

UPDATE source_file f SET gone_since_load = getvariable('load_id')
FROM gone_file g WHERE g.path = f.path AND NOT g.is_pruned AND f.gone_since_load IS NULL;

DELETE FROM source_file WHERE path IN (SELECT path FROM gone_file WHERE is_pruned);

CREATE OR REPLACE TEMP TABLE file_status AS
SELECT f.path,
       CASE WHEN row_number() OVER (PARTITION BY f.report_id
                                     ORDER BY f.gone_since_load IS NOT NULL, f.relative_path, f.path) > 1 THEN 'duplicate'
            WHEN r.duplicate_of IS NOT NULL THEN 'duplicate'
            WHEN r.report_id IS NOT NULL THEN 'accepted'
            ELSE 'quarantined' END AS status
FROM source_file f LEFT JOIN report r USING (report_id)
WHERE f.report_id IN (SELECT report_id FROM affected_report UNION SELECT report_id FROM read_file
                      UNION SELECT report_id FROM gone_file);

UPDATE source_file f SET status = s.status FROM file_status s WHERE s.path = f.path AND s.status <> f.status;

-- One row per refused thing; two refusals of the very same thing are told apart by their number.
CREATE OR REPLACE TEMP TABLE next_quarantine AS
SELECT 'q' || substr(md5(concat_ws(chr(31), coalesce(report_id, ''), stage, code, subject, number)), 1, 12)
           AS quarantine_id, stage, code, message, coalesce(report_id, '') AS report_id, source, relative_path, sha256,
       town_id, year, subject, payload
FROM (SELECT *, row_number() OVER (PARTITION BY report_id, stage, code, subject ORDER BY message, payload)::VARCHAR
             AS number FROM stage_quarantine);

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

UPDATE quarantine SET last_seen_load = getvariable('load_id'), last_seen_at = getvariable('loaded_at')
WHERE resolved_by IS NULL AND report_id IN (
    SELECT report_id FROM source_file JOIN stage_file USING (path) WHERE stage_file.outcome = 'unchanged');
