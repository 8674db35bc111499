-- By which layout (its digest) the ledger has got its tables.
select digest from layout;
