-- How far every claim is borne out.
select criterion_id, standing from result.claims where reading_id = 'verified' order by criterion_id;
