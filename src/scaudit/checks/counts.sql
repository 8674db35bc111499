-- Parameter: table. read counts every row that was there; quarantined counts rows, not faults.
select
    (select count(*) from {raw})
        + (select count(*) from (select distinct file, sheet, "row" from raw.reject where table_name = $1)),
    (select count(*) from {clean}),
    (select count(*) from (select distinct file, sheet, "row" from quarantine where table_name = $1))
