/*
title = "The two figures of 74 percent: one word, two definitions"
counts = """\
The part of the people removed that its group names: by the oversight body those with a conviction of whatever kind, \
by the letter those outside the profile of serious criminals. One asks whether, the other how serious."""
unit = "percent"
kind = "share"
numerator = "people of the group"
denominator = "people removed (in the letter: arrested and removed) through the programme"
population = "people removed through the programme"
needs = ["statistics"]
bears_on = ["LETTER/III.claim-2", "LETTER/II.b-practice", "LETTER/II.claim-3"]
better = "none"
by = "what is counted"
period = "whole"
term = "criminal_alien"
note = """\
Neither is the complement of the other: somebody with a minor conviction is counted by both. No threshold: coded as \
records already."""
*/
select
    period_from,
    period_to,
    title as grp,
    version as version,
    null::double as numerator,
    denominator,
    value / 100 as value,
    null::bigint as n,
    bound,
    [source_id] as source_ids
from clean.statistics
join (select series_id, title, version from clean.series) as series using (series_id)
where series_id in ('sc_removals_share_convicted', 'sc_removals_share_outside_serious_profile')
