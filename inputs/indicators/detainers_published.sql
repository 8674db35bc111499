/*
title = "Detainers in a fiscal year, as published"
counts = """\
One detainer that ICE issued or prepared in the period, as researchers counted case records. One person may have \
several; whether it was honoured is left out. The two releases use different words and other records."""
unit = "detainers"
kind = "count"
population = "detainers of all ICE programmes"
needs = ["statistics"]
bears_on = ["LETTER/VI.d-practice"]
better = "lower"
by = "release"
period = "fiscal year"
note = """\
The release of 2014 gives five months of fiscal year 2014 only. Values of the two releases stand side by side; which \
is nearer to what happened is not known. No threshold: these figures are coded as records already."""
*/
select
    period_from,
    period_to,
    source_id || coalesce(', released ' || release_text, '') as grp,
    null::varchar as version,
    null::double as numerator,
    null::double as denominator,
    value,
    null::bigint as n,
    bound,
    [source_id] as source_ids
from clean.statistics
where series_id in ('detainers_issued', 'detainers_prepared')
