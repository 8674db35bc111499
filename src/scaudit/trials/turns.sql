-- How many turns it takes to leave out every suspect once.
select coalesce(max(turn), 0) from step.suspects;
