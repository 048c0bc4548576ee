-- Another least confidence than in the load before. Looked at only where it is another.

-- Cells of the facts that it lets in or keeps out now.
CREATE OR REPLACE TEMP TABLE confidence_cell AS
WITH least AS (
    SELECT getvariable('least_confidence_reading') AS now,
           coalesce((SELECT value::DOUBLE FROM meta WHERE name = 'least_confidence_reading'), 0) AS before
)
SELECT DISTINCT town_id, year
FROM fact_indicator, least
WHERE now <> before AND confidence_reading >= least(now, before) AND confidence_reading < greatest(now, before);

DELETE FROM meta WHERE name = 'least_confidence_reading';

INSERT INTO meta SELECT 'least_confidence_reading', getvariable('least_confidence_reading')::VARCHAR;
