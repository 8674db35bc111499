-- A moment with a time zone is told in UTC, whatever the zone of the machine.
set TimeZone = 'UTC';
create schema if not exists raw;

-- Text of nothing but white space, Hangul fillers or Braille blanks is empty. Most text is told by its first sign.
create or replace temp macro filled(given) as case
    when given < '!' or given > '~'
        then if(regexp_full_match(given, '[\s\x0b\x{85}\p{Z}\x{2800}\x{3164}]*'), null, given)
    else given end;

-- A member of a JSON object as text: a whole number has no decimals, what is no number is empty.
create or replace temp macro json_cell(given) as case
    when starts_with(given::varchar, '"') then filled(given->>'$')
    when given::varchar in ('null', 'NaN') then null
    when regexp_full_match(given::varchar, '-?\d+\.0+') then split_part(given::varchar, '.', 1)
    else given::varchar end
