-- Parameter: run. What the ledger has of it.
select * from runs where run_id = $1;
