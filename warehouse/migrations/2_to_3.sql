-- Corrections as people write them; the table was never filled before. The history of quarantine begins with what is
-- known: when a case was opened and, where it was, resolved.
DROP TABLE correction;
CREATE TABLE quarantine_event (
    quarantine_id VARCHAR NOT NULL, load_id INTEGER NOT NULL, event VARCHAR NOT NULL, cause VARCHAR,
    message VARCHAR NOT NULL);
INSERT INTO quarantine_event SELECT quarantine_id, first_seen_load, 'opened', NULL, message FROM quarantine;
INSERT INTO quarantine_event SELECT quarantine_id, resolved_load, 'resolved', resolved_by, message FROM quarantine
WHERE resolved_by IS NOT NULL AND resolved_load > first_seen_load;
