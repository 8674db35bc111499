-- The ledger of runs: append-only, times in UTC; inputs, timings and the like as JSON. Outcomes are done, failed and
-- killed. What is added below is empty in the rows of earlier engines.
create table if not exists runs (
    run_id varchar primary key,
    started_at timestamp not null,
    ended_at timestamp not null,
    outcome varchar not null,
    message varchar not null,
    as_of date not null,
    known_on date not null,
    edition varchar not null,
    ruleset varchar not null,
    data_digest varchar not null,
    "read" bigint not null,
    loaded bigint not null,
    quarantined bigint not null,
    inputs json not null,
    timings json not null
);
alter table runs add column if not exists kept json;
alter table runs add column if not exists files json;
alter table runs add column if not exists made_of json;
alter table runs add column if not exists items json;
alter table runs add column if not exists with_pdf boolean;
alter table runs add column if not exists vanished json;
alter table runs add column if not exists replay_of varchar;
-- What runs published, a file a row: they may be ten thousands, and a text of them all would be packed anew with every
-- run that is added. Runs of earlier engines have them in runs.files.
create table if not exists run_files (run_id varchar not null, path varchar not null, sha256 varchar not null);
