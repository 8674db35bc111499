-- The parameters and counts of the run that filled this database.
select edition, as_of, known_on, ruleset, data_digest, "read", loaded, quarantined, synthetic from run;
