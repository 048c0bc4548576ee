-- Files that are no longer where they were, in source_file: remembered as gone, or forgotten. Runs after files.sql.

UPDATE source_file f SET gone_since_load = getvariable('load_id')
FROM gone_file g WHERE g.path = f.path AND NOT g.is_pruned AND f.gone_since_load IS NULL;

DELETE FROM source_file WHERE path IN (SELECT path FROM gone_file WHERE is_pruned);
