-- The run of an id, if the ledger has it.
select run_id from runs where run_id = ?;
