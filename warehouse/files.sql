-- What became of each file that was read or is gone, in source_file for the next run. Runs after the tables are replaced.

UPDATE source_file f
SET relative_path = n.relative_path, size = n.size, mtime_ns = n.mtime_ns, sha256 = n.sha256,
    report_id = n.report_id, rulebook_version = n.rulebook_version, last_seen_load = getvariable('load_id'),
    gone_since_load = NULL
FROM read_file n WHERE n.path = f.path;

INSERT INTO source_file BY NAME
SELECT n.*, 'accepted' AS status, getvariable('load_id') AS first_seen_load, getvariable('load_id') AS last_seen_load
FROM read_file n ANTI JOIN source_file f USING (path)
ORDER BY n.path;

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
WHERE f.report_id IN (SELECT report_id FROM affected_report UNION ALL SELECT report_id FROM read_file
                      UNION ALL SELECT report_id FROM gone_file);

UPDATE source_file f SET status = s.status FROM file_status s WHERE s.path = f.path AND s.status <> f.status;
