-- The reports whose clauses clause_print does not hold as they are now; read by prints.py.

CREATE OR REPLACE TEMP TABLE unprinted_report AS
SELECT report_id, greatest(r.load_id, x.load_id) AS load_id,
       row_number() OVER (ORDER BY report_id) // 1000 AS slice -- so many at a time are printed: memory is bounded by that
FROM report r JOIN report_text x USING (report_id)
ANTI JOIN clause_print p ON p.report_id = r.report_id AND p.load_id = greatest(r.load_id, x.load_id)
WHERE r.is_current;

DELETE FROM clause_print
WHERE report_id IN (FROM unprinted_report SELECT report_id)
   OR report_id NOT IN (SELECT report_id FROM report WHERE is_current);
