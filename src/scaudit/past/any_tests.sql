-- Whether there is anything to test.
select count(*) > 0 from past.tests;
