-- Every body by its id.
select body_id, name from clean.bodies order by body_id;
