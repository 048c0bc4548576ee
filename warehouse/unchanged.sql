-- Files that were met and not read again, and what still waits because of them. All that a run with nothing new writes but
-- its row of load.

-- A file that was only touched keeps its content: the new time is noted, so that it is not hashed again.
UPDATE source_file f SET last_seen_load = getvariable('load_id'), mtime_ns = s.mtime_ns
FROM stage_file s WHERE s.path = f.path AND s.outcome = 'unchanged';

-- Files that were read now carry this load too; what was read tells whether it still waits, and its copies with it.
UPDATE quarantine SET last_seen_load = getvariable('load_id'), last_seen_at = getvariable('loaded_at')
WHERE resolved_by IS NULL
  AND report_id IN (SELECT report_id FROM source_file WHERE last_seen_load = getvariable('load_id'))
  AND report_id NOT IN (SELECT 'r' || substr(sha256, 1, 16) FROM stage_file WHERE outcome = 'read' AND sha256 IS NOT NULL);
