/*
title = "Detainers by conviction and seriousness, as published"
counts = """\
The part of the detainers of the period that its group names, as researchers counted case records. The groups \
overlap, and each report has words of its own: no conviction is not the same as no criminal record."""
unit = "percent"
kind = "share"
numerator = "detainers of the group"
denominator = "detainers of the period"
population = "detainers of all ICE programmes"
needs = ["statistics"]
bears_on = ["LETTER/III.c", "LETTER/VI.d-practice"]
better = "none"
by = "what is counted, and the report"
period = "whole"
note = "One span of time each, so that they show no fall and no rise. No threshold: coded as records already."
*/
select
    period_from,
    period_to,
    title || ', ' || source_id as grp,
    null::varchar as version,
    null::double as numerator,
    denominator,
    value / 100 as value,
    null::bigint as n,
    bound,
    [source_id] as source_ids
from clean.statistics
join (select series_id, title from clean.series) as series using (series_id)
where series_id in (
    'detainers_share_no_conviction', 'detainers_share_no_criminal_record', 'detainers_share_serious_threat',
    'detainers_share_level1'
)
