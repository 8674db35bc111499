-- Parameter: number. Which layout the ledger has now, so that whoever opens it next need not compare.
create or replace table layout as select $1::integer as version;
