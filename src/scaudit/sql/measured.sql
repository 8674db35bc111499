-- Every indicator of the project: what it counts, and what it lacks.
select * exclude (counted) from result.measured order by indicator_id;
