-- How a cell becomes a value: <kind>_from_<what the file has>(cell, marks, formats). What is no value is null. `marks`
-- are the words for nothing and the marks of redaction, in lower case; no other kind than text can be one of them.
create schema if not exists records;
create schema if not exists record_sheets;
-- Files of records are scanned several times in a run; what stands at their end is read once.
set parquet_metadata_cache = true;
-- The same tables before their cells are read.
create schema if not exists written;

-- The place of a text among some words, null where it is none of them. `in` and list_contains would make a join of it,
-- for each such column of a view, whether that is asked for or not: thirty times the time.
create or replace macro records.place_among(cell, words) as list_position(words, lower(trim(cell)));

create or replace macro records.text_from_text(cell, marks, formats) as
    case when records.place_among(cell, marks) is null then trim(cell) end;

create or replace macro records.text_from_other(cell, marks, formats) as
    records.text_from_text(cell::varchar, marks, formats);

-- only a text that begins like an ISO date is taken as one: the database would read 2/3/13 as a day of the year 2
create or replace macro records.timestamp_from_text(cell, marks, formats) as
    case
        when trim(cell) like '____-__-__%' then try_cast(trim(cell) as timestamp)
        else try_strptime(trim(cell), formats)
    end;

create or replace macro records.timestamp_from_timestamp(cell, marks, formats) as cell::timestamp;

create or replace macro records.timestamp_from_zoned(cell, marks, formats) as cell at time zone 'UTC';

create or replace macro records.timestamp_from_date(cell, marks, formats) as cell::timestamp;

create or replace macro records.timestamp_from_other(cell, marks, formats) as
    records.timestamp_from_text(cell::varchar, marks, formats);

create or replace macro records.date_from_text(cell, marks, formats) as
    records.timestamp_from_text(cell, marks, formats)::date;

create or replace macro records.date_from_timestamp(cell, marks, formats) as cell::date;

create or replace macro records.date_from_zoned(cell, marks, formats) as (cell at time zone 'UTC')::date;

create or replace macro records.date_from_date(cell, marks, formats) as cell;

create or replace macro records.date_from_other(cell, marks, formats) as
    records.date_from_text(cell::varchar, marks, formats);

-- 12.0 is 12; 12.5 is no whole number
create or replace macro records.integer_from_number(cell, marks, formats) as
    case when cell <> trunc(cell) then null else try_cast(cell as bigint) end;

create or replace macro records.integer_from_whole(cell, marks, formats) as try_cast(cell as bigint);

create or replace macro records.integer_from_text(cell, marks, formats) as
    try_cast(regexp_extract(trim(cell), '^([+-]?[0-9]+)([.]0*)?$', 1) as bigint);

create or replace macro records.integer_from_other(cell, marks, formats) as
    records.integer_from_text(cell::varchar, marks, formats);

create or replace macro records.boolean_from_text(cell, marks, formats) as
    case
        when lower(trim(cell)) in ('yes', 'y', 'true', '1') then true
        when lower(trim(cell)) in ('no', 'n', 'false', '0') then false
    end;

create or replace macro records.boolean_from_boolean(cell, marks, formats) as cell;

create or replace macro records.boolean_from_other(cell, marks, formats) as
    records.boolean_from_text(cell::varchar, marks, formats);

-- Why a cell is null, where it is: nothing was entered, a mark of redaction (as it is compared), or no value of its kind.
create or replace macro records.why_null(cell, typed, blanks, marks, no_value) as
    case
        when typed is not null then null
        when cell is null or records.place_among(cell::varchar, blanks) is not null then 'empty'
        when records.place_among(cell::varchar, marks) is not null then 'redacted: ' || lower(trim(cell::varchar))
        else no_value
    end;

create or replace table records_tables (
    table_name varchar, layout varchar, files varchar[], rows bigint, synthetic boolean
);
