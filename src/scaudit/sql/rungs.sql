-- The rung of every criterion in the two readings of the audit, with the records on which it hangs.
select * from audited_rungs order by criterion_id, reading;
