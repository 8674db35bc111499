-- The units that stand out.
select indicator_id, grp, numerator, n, value, overall, low, high, q_value
from result.outliers
order by indicator_id, q_value, grp;
