-- What the overview pages show, one query a `-- name:`. Read by overview.py.

-- name: totals
SELECT (SELECT count(*) FROM report WHERE is_current) AS reports,
       (SELECT count(*) FROM report WHERE NOT is_current) AS others, -- whose numbers and facts are counted below too
       (SELECT count(DISTINCT town_id) FROM report) AS towns,
       (SELECT count(*) FROM fact_indicator) AS facts,
       (SELECT count(*) FROM ledger) AS numerals,
       (SELECT count(*) FROM ledger WHERE role IN ('unmatched', 'damaged')) AS unread,
       (SELECT count(DISTINCT coalesce(relative_path, report_id)) FROM quarantine WHERE resolved_by IS NULL) AS waiting,
       (SELECT count(*) FROM check_result WHERE verdict = 'contradicted') AS contradicted,
       (SELECT count(*) FROM correction WHERE state <> 'withdrawn') AS corrections;

-- name: roles
SELECT role, count(*) AS numerals FROM ledger GROUP BY role ORDER BY numerals DESC, role;

-- name: coverage
SELECT province, city, county, town, town_id, year, any_value(report_id) AS report_id, state, count(*) AS indicators
FROM coverage GROUP BY ALL ORDER BY province, city, county, town, town_id, year, state;

-- name: loads
SELECT load_id, run, finished_at, files_in, accepted, quarantined, unchanged, duplicate, ignored, facts_added,
       facts_removed
FROM load ORDER BY load_id DESC LIMIT 10;

-- name: accuracy
SELECT measured_on, facts, precision, recall, is_first_look
FROM accuracy WHERE domain = 'all' ORDER BY is_first_look DESC, measured_day DESC, measured_on;

-- name: drift
SELECT measure, item, counted, difference FROM drift WHERE difference <> 0 ORDER BY measure, item;

-- name: indicators
SELECT indicator, domain, name_zh, name_en, measure, unit, note FROM indicator ORDER BY ordinal;

-- name: cells
SELECT s.indicator, s.town_id, s.year, s.value, s.low, s.high, s.bound, s.policy, s.report_id, s.chosen_fact_id
FROM resolution s WHERE s.bound IS NOT NULL ORDER BY s.indicator, s.town_id, s.year;

-- name: towns
SELECT t.*, (SELECT count(*) FROM report r WHERE r.town_id = t.town_id) AS reports
FROM town t ORDER BY province, city, county, name, town_id;

-- name: reports
SELECT town_id, year, report_id, title, is_current, duplicate_of, issued_on FROM report
ORDER BY town_id, year, is_current DESC, report_id;

-- name: town_cells
SELECT s.town_id, s.year, s.indicator, s.value, s.low, s.high, s.policy, s.unit, s.report_id, s.chosen_fact_id,
       s.confidence
FROM resolution s ORDER BY s.town_id, s.indicator, s.year;

-- name: town_states
SELECT town_id, year, indicator, state FROM coverage
WHERE state IN ('conflict', 'mentioned without number', 'not for the year', 'denied')
ORDER BY town_id, year, indicator;

-- name: town_codes
SELECT town_id, year, name, code, source, list_year, is_nearest FROM town_code ORDER BY town_id, year;

-- name: causes
SELECT code, stage, count(*) AS rows, count(DISTINCT coalesce(relative_path, report_id)) AS files,
       count(*) FILTER (subject <> '') AS parts
FROM quarantine WHERE resolved_by IS NULL GROUP BY code, stage ORDER BY files DESC, code, stage;

-- name: waiting
SELECT quarantine_id, code, stage, message, relative_path, town_id, year, subject, payload, first_seen_at, last_seen_at
FROM quarantine WHERE resolved_by IS NULL
QUALIFY row_number() OVER (PARTITION BY code, stage ORDER BY relative_path, subject, quarantine_id) <= 200
ORDER BY code, stage, relative_path, subject, quarantine_id;

-- name: resolved
SELECT resolved_by, count(*) AS rows FROM quarantine WHERE resolved_by IS NOT NULL GROUP BY resolved_by
ORDER BY rows DESC, resolved_by;

-- name: verdicts
SELECT check_name, count(*) FILTER (verdict = 'confirmed') AS confirmed,
       count(*) FILTER (verdict = 'contradicted') AS contradicted,
       count(*) FILTER (verdict = 'undecided') AS undecided
FROM check_result GROUP BY check_name ORDER BY contradicted DESC, check_name;

-- name: contradictions
SELECT c.report_id, c.check_name, c.verdict, c.message, c.numbers, t.name AS town, t.county, c.year
FROM check_result c JOIN town t USING (town_id) WHERE verdict <> 'confirmed'
ORDER BY verdict, t.county, town, c.year, c.check_name, c.check_id LIMIT 1000;

-- name: flag_counts
SELECT flag, count(*) AS flags FROM flag GROUP BY flag ORDER BY flags DESC, flag;

-- name: flags
SELECT f.*, r.report_id, s.chosen_fact_id FROM flag f
LEFT JOIN report r ON r.town_id = f.town_id AND r.year = f.year AND r.is_current
LEFT JOIN resolution s ON s.town_id = f.town_id AND s.year = f.year AND s.indicator = f.indicator
ORDER BY f.flag, f.county, f.town, f.year, f.indicator;

-- name: tables
SELECT table_name AS name, comment, 'table' AS kind FROM duckdb_tables()
WHERE NOT internal AND NOT temporary AND table_name NOT LIKE '%\_history' ESCAPE '\'
UNION ALL
SELECT view_name, comment, 'view' FROM duckdb_views() WHERE NOT internal AND NOT temporary
ORDER BY kind, name;

-- name: columns
SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
WHERE NOT internal AND schema_name = 'main' AND database_name = current_database()
ORDER BY table_name, column_index;
