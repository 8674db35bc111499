/*
source = "records.detainers"
counts = """\
Detainers by the month of preparing (as months since the year 0), the state of the facility, what the record says of \
convictions and the threat level, all as they are written; and those of them that name a race or an ethnicity."""
*/
-- One pass over the records for the cubes that are added up from this: what is written is read there, on a few thousand
-- rows.
select
    (year(prepared_on) * 12 + month(prepared_on) - 1)::integer as month,
    facility_state,
    criminality,
    threat_level,
    count(*) as detainers,
    count_if(coalesce(written.detainers_text(race), written.detainers_text(ethnicity)) is not null)
        as with_race_or_ethnicity
from written.detainers
group by all
