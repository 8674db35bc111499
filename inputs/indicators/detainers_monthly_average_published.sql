/*
title = "Detainers a month, mean of a period, as published"
counts = "One detainer, as a mean over the months of the period, as researchers counted case records."
unit = "detainers a month"
kind = "average"
population = "detainers of all ICE programmes"
needs = ["statistics"]
bears_on = ["LETTER/VI.d-practice"]
better = "lower"
by = "release"
period = "whole"
note = """\
The mean of October 2012 to January 2013 is below that of fiscal year 2012, but the fall began in September 2012, \
before the memo of 21 December 2012 (TRAC-325, para 2), and only the last of the four months lies after it. With \
these figures no fall can be laid to the memo, and none can be ruled out. No threshold: coded as records already."""
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
where series_id = 'detainers_monthly_average'
