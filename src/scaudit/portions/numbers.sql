-- The portions that there are.
select distinct portion from portion_plan order by portion;
