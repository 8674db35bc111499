-- Every move by reading, with its cause.
select criterion_id, reading, cause from result.movements order by criterion_id, reading;
