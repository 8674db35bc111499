-- Which layout the ledger has got.
select version from layout;
