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
