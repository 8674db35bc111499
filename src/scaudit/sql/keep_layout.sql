-- Parameter: digest. By which layout the ledger has its tables now, so that whoever opens it next need not compare.
create or replace table layout as select $1::varchar as digest;
