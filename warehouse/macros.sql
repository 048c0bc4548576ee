-- Arithmetic with bounds, and the past. Each macro has its example in docs/sql-cookbook.md, run by a test.

-- Rows of a table as they were after a load: FROM as_of('fact_indicator', 12). For every table that has a history.
CREATE OR REPLACE MACRO as_of(table_name, at_load) AS TABLE
    SELECT * EXCLUDE (load_id), load_id AS valid_from_load, NULL::INTEGER AS valid_to_load
    FROM query_table(table_name) WHERE load_id <= at_load
    UNION ALL BY NAME
    SELECT * FROM query_table(table_name || '_history')
    WHERE valid_from_load <= at_load AND valid_to_load > at_load;

-- At least this much in all. A row without a lower bound (近, 约, 不足) adds nothing, since counts are never below zero.
CREATE OR REPLACE MACRO sum_low(low) AS coalesce(sum(low), 0);

-- At most this much in all; NULL as soon as one row has no upper bound.
CREATE OR REPLACE MACRO sum_high(high) AS CASE WHEN count(*) = count(high) THEN sum(high) END;

-- True only where the first is greater whatever the true figures are: its least is above the other's most.
CREATE OR REPLACE MACRO surely_greater(a_low, b_high) AS coalesce(a_low > b_high, false);

-- False only where it cannot be: the first's most is not above the other's least.
CREATE OR REPLACE MACRO possibly_greater(a_high, b_low) AS coalesce(a_high > b_low, true);

-- Whether both can be the same figure.
CREATE OR REPLACE MACRO possibly_equal(a_low, a_high, b_low, b_high) AS
    coalesce(a_low <= b_high, true) AND coalesce(b_low <= a_high, true);

-- A number without needless zeros: 2000, 98.5.
CREATE OR REPLACE MACRO number_text(figure) AS
    CASE WHEN figure = trunc(figure) THEN trunc(figure)::HUGEINT::VARCHAR ELSE rtrim(figure::VARCHAR, '0') END;

-- A bounded number for people: 16, ≥ 2000, ≤ 20, 3 to 5, about 1400.
CREATE OR REPLACE MACRO bound_text(value, low, high) AS
    CASE
        WHEN low = high THEN number_text(low)
        WHEN low IS NOT NULL AND high IS NOT NULL THEN number_text(low) || ' to ' || number_text(high)
        WHEN low IS NOT NULL THEN '≥ ' || number_text(low)
        WHEN high IS NOT NULL THEN '≤ ' || number_text(high)
        WHEN value IS NOT NULL THEN 'about ' || number_text(value)
    END;
