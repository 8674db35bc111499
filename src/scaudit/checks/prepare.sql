create schema if not exists clean;
create or replace temp table fault (
    table_name varchar, rid bigint, column_name varchar, value varchar, rule varchar, reason varchar);
-- Rows of a large table of which the typed row is not there yet.
create or replace temp table unsettled (rid bigint);

-- A partial date is a span; text of any other shape is a fault (E106) and stays NULL here.
create or replace temp macro first_day(given) as case length(given)
    when 10 then try_cast(given as date)
    when 7 then try_cast(given || '-01' as date)
    when 4 then try_cast(given || '-01-01' as date) end;
create or replace temp macro final_day(given) as case length(given)
    when 10 then try_cast(given as date)
    when 7 then last_day(try_cast(given || '-01' as date))
    when 4 then try_cast(given || '-12-31' as date) end;
-- A list in a cell: words between white space, each once, in their order.
create or replace temp macro once(words) as
    list_filter(words, lambda word, position: list_position(words, word) = position);
create or replace temp macro listed(given) as
    once(regexp_extract_all(given, '[^\s\x0b\x1c-\x1f\x{85}\p{Z}]+'));
create or replace temp macro place(file, sheet, row_number) as
    file || coalesce(', sheet ' || sheet, '') || ' row ' || row_number
;
create or replace temp macro shown(given) as left(regexp_replace(
    given,
    '[\x00-\x1f\x7f-\x{9f}\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}'
        || '\x{2800}\x{3164}\x{feff}\x{fff9}-\x{fffb}\x{e0000}-\x{e007f}]',
    chr(65533), 'g'), 200)
