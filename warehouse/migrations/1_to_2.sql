-- A file that vanished from its folder is remembered as gone, not forgotten.
ALTER TABLE source_file ADD COLUMN gone_since_load INTEGER;
ALTER TABLE load ADD COLUMN gone INTEGER;
