-- How many turns the tests take.
select coalesce(max(turn), 0) from step.tests;
