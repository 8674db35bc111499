-- Adds one run to the ledger.
insert into runs (
    run_id, started_at, ended_at, outcome, message, as_of, known_on, edition, ruleset, data_digest,
    "read", loaded, quarantined, inputs, timings, kept, files, made_of, items, with_pdf, vanished, replay_of
)
values (
    $run_id, $started_at, $ended_at, $outcome, $message, $as_of, $known_on, $edition, $ruleset, $data_digest,
    $read, $loaded, $quarantined, $inputs, $timings, $kept, $files, $made_of, $items, $with_pdf, $vanished, $replay_of
);
