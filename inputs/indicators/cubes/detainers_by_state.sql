/*
source = "cube.detainers_as_written"
counts = """\
Detainers by the state of the facility, and those of them on people with a conviction: null where no record of the \
state says anything of convictions."""
*/
with counted as (
    select facility_state, criminality, sum(detainers) as detainers
    from cube.detainers_as_written
    group by all
),
coded as (
    select
        written.detainers_text(facility_state) as state,
        contains(lower(written.detainers_text(criminality)), 'convicted') as convicted,
        detainers
    from counted
)
select
    state,
    sum(detainers)::bigint as detainers,
    sum(case when convicted then detainers else 0 end) filter (where convicted is not null)::bigint as convicted
from coded
group by state
