/*
source = "records.detainers"
counts = """\
Detainers by the state of the facility, and those of them on people with a conviction: null where no record of the \
state says anything of convictions."""
*/
select
    facility_state as state,
    count(*) as detainers,
    count_if(contains(lower(criminality), 'convicted')) as convicted
from records.detainers
group by facility_state
