-- Every indicator before and after its event.
select
    indicator_id, grp, day, label, before, after, n_before, n_after, difference, low, high, p_value, changed_on,
    change_p, placebo_rank, placebo_days, detectable
from result.events
order by indicator_id, grp, day;
