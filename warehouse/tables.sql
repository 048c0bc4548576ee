-- The base tables. Read by schema.py, which turns every `-- …` into a COMMENT: the line above CREATE TABLE describes
-- the table, the end of a column's line the column. No PRIMARY KEY, no index, no ENUM (old clients and DuckLake could
-- not open them); a line `-- key:` is a promise that load.py checks before COMMIT. Tables marked `-- versioned` have a
-- `<table>_history` beside them and a `load_id`, the load in which the row took its present form.

-- One row per property of this file (schema_version, catalogue, least_confidence_reading).
-- key: name
CREATE TABLE meta (
    name VARCHAR NOT NULL, -- What is told: schema_version, catalogue, least_confidence_reading of the last load
    value VARCHAR NOT NULL -- Its value, as text
);

-- One row per load, that is per run that came as far as the warehouse.
-- key: load_id
CREATE TABLE load (
    load_id INTEGER NOT NULL, -- 1, 2, 3 … in order of time
    run VARCHAR NOT NULL, -- Name of the run that loaded
    started_at TIMESTAMP NOT NULL, -- When the run began, UTC
    finished_at TIMESTAMP NOT NULL, -- When the load was about to be committed, UTC
    duration_seconds DOUBLE NOT NULL, -- From the beginning of the run to the end of the load, seconds
    files_in INTEGER NOT NULL, -- Files met = accepted + quarantined + unchanged + duplicate + ignored
    accepted INTEGER NOT NULL, -- Files read and accepted
    quarantined INTEGER NOT NULL, -- Files read and set aside with a reason
    unchanged INTEGER NOT NULL, -- Files not read again, since nothing about them changed
    duplicate INTEGER NOT NULL, -- Files read that are copies of another report of the same town and year
    ignored INTEGER NOT NULL, -- Files that are no reports by their name
    facts_added INTEGER NOT NULL, -- Facts new or changed in this load
    facts_removed INTEGER NOT NULL, -- Facts vanished or replaced in this load
    facts_quarantined INTEGER NOT NULL, -- Facts and ledger rows refused by validation in this load
    has_changed BOOLEAN NOT NULL, -- Whether any table but load and the last-seen columns changed
    versions VARCHAR NOT NULL, -- Versions of program, rulebook and libraries, JSON
    gone INTEGER -- Files known from before that the run did not meet; none of files_in; empty before schema 2
);

-- One row per file path met, for the next run to see what is new (kept in the warehouse only, not published).
-- key: path
CREATE TABLE source_file (
    path VARCHAR NOT NULL, -- Resolved path on the machine that loaded
    relative_path VARCHAR NOT NULL, -- Path below the folder given to the run
    size BIGINT NOT NULL, -- Bytes
    mtime_ns BIGINT NOT NULL, -- Time of last change as the file system told it, nanoseconds since 1970
    sha256 VARCHAR NOT NULL, -- Of the raw bytes
    report_id VARCHAR NOT NULL, -- The report these bytes are
    rulebook_version VARCHAR NOT NULL, -- Rules the file was last read with
    status VARCHAR NOT NULL, -- accepted, quarantined or duplicate
    first_seen_load INTEGER NOT NULL, -- Load that met the path first
    last_seen_load INTEGER NOT NULL, -- Load that met the path last
    gone_since_load INTEGER -- First load that missed the path; empty while it is there. What it said stays
);

-- One row per accepted report, also older versions and copies (is_current = false).
-- key: report_id
-- versioned
CREATE TABLE report (
    report_id VARCHAR NOT NULL, -- From the raw bytes alone
    town_id VARCHAR NOT NULL, -- The township the report is about
    year INTEGER NOT NULL, -- The year reported on
    title VARCHAR, -- As printed
    level VARCHAR NOT NULL, -- township (no other level is accepted)
    doc_number VARCHAR, -- The document's own number
    issued_on DATE, -- Day of signature or of posting
    signer VARCHAR, -- 签发人
    addressee VARCHAR, -- Whom the report is made to
    period_end DATE, -- Last day reported on where the report covers part of the year only
    source VARCHAR NOT NULL, -- Path as given to the run; in an archive: path of the archive, /, path in it
    relative_path VARCHAR NOT NULL, -- Path below the folder given to the run
    media_type VARCHAR NOT NULL, -- text/plain, text/html, application/pdf …
    encoding VARCHAR, -- Character encoding the text was decoded with
    sha256 VARCHAR NOT NULL, -- Of the raw bytes
    content_key VARCHAR NOT NULL, -- The same for copies that differ in page furniture, width or punctuation only
    year_evidence VARCHAR NOT NULL, -- What the year rests on, JSON
    town_evidence VARCHAR NOT NULL, -- What the town rests on, JSON
    warnings VARCHAR NOT NULL, -- What was odd but bearable: list of code and message, JSON
    is_current BOOLEAN NOT NULL, -- Whether this is the report that speaks for its town and year
    duplicate_of VARCHAR, -- report_id of the report this one is a copy of
    rulebook_version VARCHAR NOT NULL, -- Rules the report was last read with
    loaded_at TIMESTAMP NOT NULL, -- When the row took its present form, UTC
    load_id INTEGER NOT NULL -- Load in which the row took its present form
);

-- One row per accepted report: its text as decoded, into which all spans point.
-- key: report_id
-- versioned
CREATE TABLE report_text (
    report_id VARCHAR NOT NULL, -- The report
    text VARCHAR NOT NULL, -- All its text; substr(text, span_start + 1, span_end - span_start) is a span
    load_id INTEGER NOT NULL -- Load in which the row took its present form
);

-- One row per township that an accepted report is about.
-- key: town_id
CREATE TABLE town (
    town_id VARCHAR NOT NULL, -- From the first known province, county and name; renaming does not change it
    name VARCHAR NOT NULL, -- Latest official name
    county VARCHAR, -- County, district, banner or county-level city
    city VARCHAR, -- Prefecture-level city, where there is one
    province VARCHAR, -- Province, region or municipality
    kind VARCHAR NOT NULL, -- 镇, 乡, 民族乡, 街道, 苏木 or 其他
    earlier_names VARCHAR, -- Official names it bore before, oldest first, separated by 、
    code VARCHAR, -- Latest official code
    code_source VARCHAR, -- List the code is from: NBS or MCA, and its year
    first_listed INTEGER, -- First year of the lists that has the town
    last_listed INTEGER -- Last year of the lists that has the town
);

-- One row per township, report year and official code of that year.
-- key: town_id, year
CREATE TABLE town_code (
    town_id VARCHAR NOT NULL, -- The township
    year INTEGER NOT NULL, -- Year of a report
    name VARCHAR NOT NULL, -- Official name in that year
    county VARCHAR, -- County in that year
    code VARCHAR NOT NULL, -- Official code in that year
    source VARCHAR NOT NULL, -- NBS (statistics) or MCA (civil affairs)
    list_year INTEGER NOT NULL, -- Year of the list the code is from
    is_nearest BOOLEAN NOT NULL -- Whether no list covers the year, so that the nearest was taken
);

-- One row per indicator of the catalogue.
-- key: indicator
CREATE TABLE indicator (
    indicator VARCHAR NOT NULL, -- Code, also the name of its column in fact_<domain>
    domain VARCHAR NOT NULL, -- Which fact_<domain> table holds it
    name_zh VARCHAR NOT NULL, -- Name in Chinese
    name_en VARCHAR NOT NULL, -- Name in English
    measure VARCHAR NOT NULL, -- flow, stock, rate or amount
    unit VARCHAR NOT NULL, -- Unit of the wide tables
    note VARCHAR NOT NULL, -- What is counted here
    ordinal INTEGER NOT NULL -- Place in the catalogue
);

-- One row per statement of an indicator in an accepted report; one indicator may be stated several times.
-- key: fact_id
-- versioned
CREATE TABLE fact_indicator (
    fact_id VARCHAR NOT NULL, -- From report, indicator and wording
    report_id VARCHAR NOT NULL, -- Report that states it
    town_id VARCHAR NOT NULL, -- Township of the report
    year INTEGER NOT NULL, -- Year of the report
    indicator VARCHAR NOT NULL, -- Code of the catalogue
    value DECIMAL(24, 6), -- The figure as stated; empty for a range
    low DECIMAL(24, 6), -- At least this much; empty where no lower bound is stated
    high DECIMAL(24, 6), -- At most this much; empty where no upper bound is stated
    bound VARCHAR NOT NULL, -- exact, at_least, at_most, approx or range
    hedge VARCHAR, -- Hedge word as written (余, 以上, 近 …)
    inclusive BOOLEAN, -- Whether the figure itself belongs to the bound (以上 yes, 超 no)
    unit VARCHAR, -- Measure word as written, in Simplified script; 元 for money, % for rates
    period VARCHAR NOT NULL, -- year, part_year, multi_year or event
    years INTEGER, -- Length of a multi-year period, years
    as_of DATE, -- Cut-off of a part-year figure that begins in January
    status VARCHAR NOT NULL, -- reported, required, planned, change, mean or elsewhere
    scope VARCHAR, -- Part of the town or work it is about, as worded; empty for the whole
    span_start INTEGER NOT NULL, -- First character in report_text.text, from 0
    span_end INTEGER NOT NULL, -- One past the last character
    span_text VARCHAR NOT NULL, -- The characters that state it
    clause VARCHAR, -- Clause it stands in, normalised
    section VARCHAR, -- Heading of its section
    rule VARCHAR NOT NULL, -- Rule that made it
    cues VARCHAR, -- Words the rule went by
    is_stated_total BOOLEAN NOT NULL, -- Whether 共, 累计, 合计 or 全年 stands with it
    is_rounded BOOLEAN NOT NULL, -- Whether the figure had more than six decimals
    confidence DOUBLE NOT NULL, -- The least of the three below
    confidence_reading DOUBLE NOT NULL, -- That the characters were read right
    confidence_rule DOUBLE NOT NULL, -- That the rule fits
    confidence_check DOUBLE NOT NULL, -- That the arithmetic agrees
    rulebook_version VARCHAR NOT NULL, -- Rules it was last read with
    load_id INTEGER NOT NULL -- Load in which the row took its present form
);

-- One row per town, year and indicator: which statement fills the cell of the wide table, and why.
-- key: town_id, year, indicator
-- versioned
CREATE TABLE resolution (
    town_id VARCHAR NOT NULL, -- The township
    year INTEGER NOT NULL, -- The year
    indicator VARCHAR NOT NULL, -- Code of the catalogue
    report_id VARCHAR NOT NULL, -- Report that speaks for the town and year
    chosen_fact_id VARCHAR, -- Statement that fills the cell; empty for parts and conflict
    policy VARCHAR NOT NULL, -- single, stated_total, parts, maximum or conflict
    value DECIMAL(24, 6), -- As in the wide table
    low DECIMAL(24, 6), -- As in the wide table
    high DECIMAL(24, 6), -- As in the wide table
    bound VARCHAR, -- exact, at_least, at_most, approx or range; empty for a conflict
    unit VARCHAR NOT NULL, -- Unit of the catalogue
    as_of DATE, -- Cut-off where nothing better than a part-year figure was stated
    mentions INTEGER NOT NULL, -- How many statements there were to choose from
    rivals VARCHAR[] NOT NULL, -- fact_id of the statements not chosen, in order of place
    confidence DOUBLE NOT NULL, -- Of the chosen statement; the least of all where none is chosen
    load_id INTEGER NOT NULL -- Load in which the row took its present form
);

-- One row per numeral of an accepted report, each with one role.
-- key: report_id, span_start
-- versioned
CREATE TABLE ledger (
    report_id VARCHAR NOT NULL, -- The report
    span_start INTEGER NOT NULL, -- First character in report_text.text, from 0
    span_end INTEGER NOT NULL, -- One past the last character
    text VARCHAR NOT NULL, -- The characters
    role VARCHAR NOT NULL, -- fact, part, required, planned, change, mean, frequency, context, duration, ordinal, rank, date, document_number, citation, list_marker, name, elsewhere, furniture, damaged or unmatched
    value DECIMAL(24, 6), -- The figure where it is a quantity
    unit VARCHAR, -- Its measure word
    rule VARCHAR, -- Rule that gave the role
    load_id INTEGER NOT NULL -- Load in which the row took its present form
);

-- One row per numeral and fact it supports; one percentage may serve two rates.
-- key: report_id, span_start, fact_id
-- versioned
CREATE TABLE ledger_fact (
    report_id VARCHAR NOT NULL, -- The report
    span_start INTEGER NOT NULL, -- The numeral
    fact_id VARCHAR NOT NULL, -- The fact it supports
    load_id INTEGER NOT NULL -- Load in which the row took its present form
);

-- One row per accepted report and indicator whose words stand in it, with or without a number.
-- key: report_id, indicator
-- versioned
CREATE TABLE mention (
    report_id VARCHAR NOT NULL, -- The report
    indicator VARCHAR NOT NULL, -- Code of the catalogue
    words VARCHAR NOT NULL, -- The words met first
    load_id INTEGER NOT NULL -- Load in which the row took its present form
);

-- One row per arithmetic check of one report.
-- key: check_id
-- versioned
CREATE TABLE check_result (
    check_id VARCHAR NOT NULL, -- From report, check and the facts compared
    report_id VARCHAR NOT NULL, -- The report
    town_id VARCHAR NOT NULL, -- Its township
    year INTEGER NOT NULL, -- Its year
    check_name VARCHAR NOT NULL, -- Which relation was tested
    verdict VARCHAR NOT NULL, -- confirmed, contradicted or undecided
    reading VARCHAR, -- Which reading of the numbers fits
    numbers VARCHAR NOT NULL, -- The numbers used, JSON
    message VARCHAR NOT NULL, -- What was found, one sentence
    load_id INTEGER NOT NULL -- Load in which the row took its present form
);

-- One row per reason for which a file or one of its rows was refused; rows stay when the cause is gone.
-- key: quarantine_id
CREATE TABLE quarantine (
    quarantine_id VARCHAR NOT NULL, -- From file, stage, code and subject
    stage VARCHAR NOT NULL, -- decode, identity, tabulate or validation
    code VARCHAR NOT NULL, -- Reason, listed in docs/reason-codes.md
    message VARCHAR NOT NULL, -- What is wrong and what to do
    report_id VARCHAR NOT NULL, -- The report, from the bytes of the file
    source VARCHAR, -- Path as given to the run
    relative_path VARCHAR, -- Path below the folder given to the run
    sha256 VARCHAR, -- Of the raw bytes
    town_id VARCHAR, -- Township, where it is known all the same
    year INTEGER, -- Year, where it is known all the same
    subject VARCHAR NOT NULL, -- fact_id or place of a refused row; empty where the whole file is refused
    payload VARCHAR NOT NULL, -- What was refused, JSON
    first_seen_load INTEGER NOT NULL, -- Load that refused it first
    last_seen_load INTEGER NOT NULL, -- Load that refused it last
    first_seen_at TIMESTAMP NOT NULL, -- When it was refused first, UTC
    last_seen_at TIMESTAMP NOT NULL, -- When it was refused last, UTC
    resolved_by VARCHAR, -- correction, manifest, extra, rule, replaced or accepted; empty while it waits
    resolved_load INTEGER -- Load in which it was resolved
);

-- One row per thing that happened to a case of quarantine, so that none leaves without a trace.
-- key: quarantine_id, load_id
CREATE TABLE quarantine_event (
    quarantine_id VARCHAR NOT NULL, -- The case
    load_id INTEGER NOT NULL, -- Load in which it happened
    event VARCHAR NOT NULL, -- opened, changed (another message), resolved or reopened
    cause VARCHAR, -- What resolved it: correction, manifest, extra, rule, replaced or accepted
    message VARCHAR NOT NULL -- What was wrong then
);

-- One row per decision of a person on a sentence or a report; rows stay when the decision is taken back.
-- key: correction_id
CREATE TABLE correction (
    correction_id VARCHAR NOT NULL, -- From what it is keyed by and what it does
    report_path VARCHAR, -- Report it is for, by its path below the folder given to the run
    report_id VARCHAR, -- Report it is for, by its id; of all these empty where the sentence alone decides
    town VARCHAR, -- Report it is for, by its town and year
    county VARCHAR, -- County of that town
    year INTEGER, -- Year of that report
    sentence VARCHAR, -- Sentence it is for
    action VARCHAR NOT NULL, -- set, drop, confirm, set_town or set_year
    field VARCHAR NOT NULL, -- What it is about: the code of an indicator, town or year
    value VARCHAR, -- To what it is set or as what it is confirmed, JSON; empty for drop
    expected_text VARCHAR, -- Text that must stand there for the correction to hold
    reason VARCHAR NOT NULL, -- Why
    author VARCHAR NOT NULL, -- Who
    decided_on DATE NOT NULL, -- When, as that person says
    content VARCHAR NOT NULL, -- The block of the corrections file, TOML
    file_key VARCHAR NOT NULL, -- Which corrections file it stands in, from its path
    state VARCHAR NOT NULL, -- waiting (for the next load), applied, stale (holds nowhere) or withdrawn (from its file)
    note VARCHAR, -- Why it is stale, or where it no longer holds
    reports INTEGER NOT NULL, -- In how many reports it was carried out
    load_id INTEGER -- Load in which the row took its present form; empty while it waits
);

-- One row per correction and fact (or report) it was carried out on or missed, with what had been extracted.
-- key: correction_id, report_id, fact_id
-- versioned
CREATE TABLE correction_use (
    correction_id VARCHAR NOT NULL, -- The correction
    report_id VARCHAR NOT NULL, -- The report
    fact_id VARCHAR NOT NULL, -- The fact; empty for a town or year, where it was missed, and where a later one overrules it
    outcome VARCHAR NOT NULL, -- applied or missed
    note VARCHAR, -- Why it was missed, or what it replaced
    extracted_value DECIMAL(24, 6), -- The figure as extracted; empty where no rule had read one
    extracted_low DECIMAL(24, 6), -- Its lower bound
    extracted_high DECIMAL(24, 6), -- Its upper bound
    extracted_bound VARCHAR, -- exact, at_least, at_most, approx or range
    extracted_rule VARCHAR, -- Rule that had made it
    load_id INTEGER NOT NULL -- Load in which the row took its present form
);

-- One row per report and clause of ten characters and more, numbers masked: what the copy radar compares (not published).
-- key: report_id, masked
CREATE TABLE clause_print (
    report_id VARCHAR NOT NULL, -- A current report
    masked BIGINT NOT NULL, -- Digest of the clause without names of its own town and without numbers
    exact BIGINT NOT NULL, -- Digest of the same with its numbers
    characters INTEGER NOT NULL, -- Characters of the clause without names and numbers
    has_number BOOLEAN NOT NULL, -- Whether a number stands in it
    load_id INTEGER NOT NULL -- Load in which the text or the town last changed
);

-- One row per current report: the report of another town or year its text is most like, and how round its figures are.
-- Descriptive, never a judgement: towns of one county fill in the same form.
-- key: report_id
CREATE TABLE report_likeness (
    report_id VARCHAR NOT NULL, -- The report
    like_report_id VARCHAR, -- The report with which it shares most text
    characters INTEGER, -- Characters in clauses of ten and more, without names and numbers
    like_share DOUBLE, -- Share of those that stand in the other report too, numbers aside
    same_numbers_share DOUBLE, -- Of the shared clauses with numbers: the share in which the numbers are the same too
    common_share DOUBLE, -- Share that stands in more than three reports: stock phrases
    round_share DOUBLE, -- Of the counts from 10 on: the share that ends in 0
    full_rate_share DOUBLE -- Of the rates: the share that is 100 %
);

-- One row per set of reports or cases the rules were measured on, and domain: the error rate to expect. A first look is at
-- text nobody had learned from, the others were learned from and tell that nothing got worse.
-- key: measured_on, domain, is_first_look
CREATE TABLE accuracy (
    measured_on VARCHAR NOT NULL, -- The set
    domain VARCHAR NOT NULL, -- Domain of the indicators; all for all together
    facts INTEGER NOT NULL, -- Facts in the gold of the set
    precision DOUBLE NOT NULL, -- Share of the facts given that are right
    recall DOUBLE NOT NULL, -- Share of the facts stated that are given
    f1 DOUBLE NOT NULL, -- Harmonic mean of both
    is_first_look BOOLEAN NOT NULL, -- Whether nobody had learned from the set before
    measured_day DATE NOT NULL -- When it was measured
);

-- One row per load that changed anything and figure of its audit; view drift holds it against the load before.
-- key: load_id, measure, item
CREATE TABLE audit (
    load_id INTEGER NOT NULL, -- State of the warehouse after this load
    measure VARCHAR NOT NULL, -- What is counted: reports, facts, numerals, checks or quarantine
    item VARCHAR NOT NULL, -- Year, domain, role, verdict or reason code
    counted BIGINT NOT NULL -- How many
);
