-- What the warehouse holds after a load, in counts; read by radar.py, in the transaction that compares texts.
-- The variable audited_load is the last load that changed anything.

DELETE FROM audit WHERE load_id = getvariable('audited_load');

INSERT INTO audit
SELECT getvariable('audited_load'), * FROM (
    SELECT 'reports' AS measure, year::VARCHAR AS item, count(*) AS counted FROM report WHERE is_current GROUP BY year
    UNION ALL
    SELECT 'facts', domain, count(*) FROM fact_indicator JOIN indicator USING (indicator) GROUP BY domain
    UNION ALL
    SELECT 'numerals', role, count(*) FROM ledger GROUP BY role
    UNION ALL
    SELECT 'checks', verdict, count(*) FROM check_result GROUP BY verdict
    UNION ALL
    SELECT 'quarantine', code, count(*) FROM quarantine WHERE resolved_by IS NULL GROUP BY code
) ORDER BY ALL;
