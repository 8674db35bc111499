-- What is brought home from every scoring, and which swaps were tried.
create schema if not exists result;
create schema if not exists clean;
create or replace table readings (reading_id varchar, as_of date, known_on date);
create or replace table result.asks (
    reading_id varchar, criterion_id varchar, item_id varchar, kind varchar, required boolean, window_to date
);
create or replace table result.rungs (
    reading_id varchar, criterion_id varchar, rung integer, stale boolean, evidence_id varchar, partner_id varchar,
    first_id varchar
);
create or replace table result.flags (reading_id varchar, criterion_id varchar, flag varchar);
create or replace table result.claims (reading_id varchar, criterion_id varchar, standing varchar);
create or replace table result.items (reading_id varchar, item_id varchar, status varchar);
create or replace table past.fates (
    side varchar, evidence_id varchar, criterion_id varchar, grade integer, disposition varchar
);
create or replace table past.swaps (swap varchar, base varchar, factors varchar[], position integer);
create or replace table past.explained (
    what varchar, id varchar, reading varchar, base varchar, factors varchar[], position integer
);
create or replace view clean.recommendations as select * from latter.clean.recommendations;
