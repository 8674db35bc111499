-- Draws that depend on the seed, the record and the purpose alone, so that no order of work changes them.
-- The database joins hashes by one bitwise step, which leaves two purposes alike in most bits: hashed once more, they
-- have nothing to do with each other.
create or replace macro draw(record, purpose) as hash(hash(getvariable('seed'), record, purpose));

-- uniform from 0 up to 1
create or replace macro share(record, purpose) as (draw(record, purpose) >> 11)::double / 9007199254740992.0;

-- one of a thousand slots of a margin
create or replace macro slot(record, purpose) as (draw(record, purpose) % 1000)::integer;

-- standard normal
create or replace macro normal(record, purpose) as
    sqrt(-2 * ln(1 - share(record, purpose))) * cos(2 * pi() * share(record, purpose || ' angle'));

create or replace macro yes_no(record, purpose, yes) as if(share(record, purpose) < yes, 'YES', 'NO');

-- forty signs that name a person; one in eight records has none, a few are redacted
create or replace macro person(record, persons) as case
    when share(record, 'no person') < 0.12 then null
    when share(record, 'no person') < 0.125 then 'b(6), b(7)c'
    else sha1((getvariable('seed') * 1000000007 + (draw(record, 'person') % persons)::bigint)::varchar)
end;

-- a day as text, as the files have it where a column mixes dates and text; a few are no days
create or replace macro text_day(record, day, purpose) as case
    when share(record, purpose) < 0.55 then strftime(day, '%m/%d/%Y')
    when share(record, purpose) < 0.997 then strftime(day, '%Y-%m-%d')
    else '00/00/' || year(day)
end;
