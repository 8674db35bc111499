-- Empty tables for what a project measures, and a place for the small tables counted from records.
create schema if not exists cube;
create schema if not exists result;
create or replace table result.measured (
    indicator_id varchar, title varchar, counts varchar, unit varchar, kind varchar, numerator varchar,
    denominator varchar, population varchar, "by" varchar, period varchar, term varchar, better varchar, note varchar,
    bears_on varchar[], source_ids varchar[], synthetic boolean, missing varchar, counted boolean
);
create or replace table result.raw_figures (
    indicator_id varchar, version varchar, period_from date, period_to date, grp varchar, numerator double,
    denominator double, value double, low double, high double, n bigint, bound varchar, source_ids varchar[]
);
