-- The day on which the programme began.
select opens_on from programme;
