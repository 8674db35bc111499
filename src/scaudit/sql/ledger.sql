-- The ledger of runs: append-only, times in UTC, inputs and timings as JSON.
create table if not exists runs (
    run_id varchar primary key,
    started_at timestamp not null,
    ended_at timestamp not null,
    outcome varchar not null check (outcome in ('done', 'failed')),
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
