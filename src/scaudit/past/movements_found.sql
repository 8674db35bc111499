-- Every move of a criterion by reading, with its cause and all that explains it.
select criterion_id, reading, cause, causes, makes, undoes from result.movements order by criterion_id, reading;
