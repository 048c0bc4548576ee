-- What each file is to the warehouse that was read, is gone, or stands beside one of those. Runs after files.sql.

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
