-- Records of weight that speak for and against one criterion at one time.
select criterion_id, item_id, for_id, against_id, overlap_from, overlap_to, known_as
from result.conflicts
order by criterion_id, for_id, against_id;
