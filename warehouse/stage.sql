-- From what arrived (stage_…) to what shall stand (next_…). Nothing is written to the tables here but to `meta`.
-- Out: read_file, touched_report, touched_cell, affected_report, standing and next_ of all that belongs to a report.

CREATE OR REPLACE TEMP TABLE read_file AS
SELECT path, relative_path, size, mtime_ns, sha256, 'r' || substr(sha256, 1, 16) AS report_id, rulebook_version
FROM stage_file WHERE outcome = 'read';

-- Files that were not met: 'gone' are remembered, 'pruned' a person wished away with what only they said.
CREATE OR REPLACE TEMP TABLE gone_file AS
SELECT f.path, f.report_id, s.outcome = 'pruned' AS is_pruned
FROM source_file f JOIN stage_file s USING (path) WHERE s.outcome IN ('gone', 'pruned');

-- Reports read now under another path, whose own file still stands and is not read again itself.
CREATE OR REPLACE TEMP TABLE spoken_for AS
SELECT r.report_id, r.relative_path, r.rulebook_version
FROM report r JOIN source_file f USING (report_id, relative_path)
WHERE report_id IN (SELECT report_id FROM read_file) AND f.rulebook_version <> '' AND f.gone_since_load IS NULL
  AND f.path NOT IN (SELECT path FROM read_file UNION ALL SELECT path FROM gone_file);

-- The same bytes under a second path: the alphabetically first path speaks for both, whichever was loaded first.
CREATE OR REPLACE TEMP TABLE known_copy AS
SELECT DISTINCT s.report_id
FROM stage_report s JOIN spoken_for r USING (report_id)
WHERE r.relative_path < s.relative_path AND r.rulebook_version = s.rulebook_version;

CREATE OR REPLACE TEMP TABLE taken AS
SELECT * EXCLUDE (text) FROM stage_report ANTI JOIN known_copy USING (report_id);

-- Reports that no file carries any more (other bytes under the same path, or pruned), or that are refused now. A file
-- that is gone keeps what it said from being pruned with another, not from being changed in the copy that stands.
CREATE OR REPLACE TEMP TABLE gone_report AS
WITH changed AS (
    SELECT f.report_id FROM source_file f JOIN read_file n USING (path)
    WHERE f.report_id <> n.report_id AND f.gone_since_load IS NULL
), overwritten AS (
    SELECT f.report_id FROM source_file f JOIN read_file n USING (path) WHERE f.report_id <> n.report_id
    UNION ALL SELECT report_id FROM gone_file WHERE is_pruned
), carrying AS (
    SELECT report_id, gone_since_load IS NULL AND path NOT IN (SELECT path FROM gone_file) AS is_there
    FROM source_file
    WHERE path NOT IN (SELECT path FROM read_file UNION ALL SELECT path FROM gone_file WHERE is_pruned)
), carried AS (
    SELECT report_id FROM carrying WHERE is_there OR report_id NOT IN (FROM changed)
), refused AS (
    -- a copy that is refused (no manifest says what it is) takes nothing from the file that was let in
    SELECT report_id FROM read_file ANTI JOIN stage_report USING (report_id) ANTI JOIN spoken_for USING (report_id)
)
SELECT report_id FROM report
WHERE (report_id IN (FROM overwritten) AND report_id NOT IN (FROM carried)
       AND report_id NOT IN (SELECT report_id FROM read_file))
   OR report_id IN (FROM refused);

CREATE OR REPLACE TEMP TABLE touched_report AS
SELECT report_id FROM taken UNION ALL SELECT report_id FROM gone_report;

CREATE OR REPLACE TEMP TABLE touched_cell AS
SELECT town_id, year FROM taken
UNION ALL
SELECT town_id, year FROM report WHERE report_id IN (SELECT report_id FROM touched_report);

-- All reports that stand for a touched town and year.
CREATE OR REPLACE TEMP TABLE standing AS
SELECT report_id, town_id, year, title, level, doc_number, issued_on, signer, addressee, period_end, source,
       relative_path, media_type, encoding, sha256, content_key, year_evidence, town_evidence,
       coalesce(told.warnings, '[]') AS warnings, rulebook_version
FROM taken LEFT JOIN told USING (report_id)
UNION ALL BY NAME
SELECT * EXCLUDE (is_current, duplicate_of, loaded_at, load_id)
FROM report
WHERE (town_id, year) IN (SELECT (town_id, year) FROM touched_cell)
  AND report_id NOT IN (SELECT report_id FROM touched_report);

CREATE OR REPLACE TEMP TABLE affected_report AS
SELECT report_id FROM standing UNION ALL SELECT report_id FROM touched_report;

-- Read again with other rules: what stands may be the same and is weighed anew all the same.
CREATE OR REPLACE TEMP TABLE reread_report AS
SELECT report_id FROM taken JOIN report USING (report_id) WHERE taken.rulebook_version <> report.rulebook_version;

-- Views, so that a million facts go from the frames to their table in one step.
CREATE OR REPLACE TEMP VIEW next_report_text AS
SELECT report_id, text FROM stage_report ANTI JOIN known_copy USING (report_id);

CREATE OR REPLACE TEMP VIEW next_fact_indicator AS FROM stage_fact ANTI JOIN known_copy USING (report_id);

CREATE OR REPLACE TEMP VIEW next_ledger AS FROM stage_ledger ANTI JOIN known_copy USING (report_id);

CREATE OR REPLACE TEMP VIEW next_ledger_fact AS FROM stage_ledger_fact ANTI JOIN known_copy USING (report_id);

CREATE OR REPLACE TEMP VIEW next_mention AS FROM stage_mention ANTI JOIN known_copy USING (report_id);

CREATE OR REPLACE TEMP VIEW next_check_result AS
SELECT c.*, r.town_id, r.year FROM stage_check c JOIN taken r USING (report_id);

-- Of a report that is refused only what was decided about the report itself: why that did not help must be told.
CREATE OR REPLACE TEMP VIEW next_correction_use AS
FROM stage_correction_use
WHERE report_id IN (SELECT report_id FROM stage_report)
   OR correction_id IN (SELECT correction_id FROM correction WHERE action IN ('set_town', 'set_year'));

-- What the files were read with before, which tells what let a case out of quarantine.
CREATE OR REPLACE TEMP TABLE read_before AS
SELECT path, f.report_id, f.rulebook_version FROM source_file f JOIN read_file n USING (path);
