-- What was odd about a report but bearable, as it stands in the report.
CREATE OR REPLACE TEMP TABLE told AS
SELECT report_id, to_json(list({'code': code, 'message': message} ORDER BY code, message))::VARCHAR AS warnings
FROM (SELECT DISTINCT report_id, code, message FROM stage_warning) GROUP BY report_id;
