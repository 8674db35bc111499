-- graded: every record with the grade it can bear, before the gates of a particular day.
create or replace view step.graded as
select testimony.*, profiles.grade, profiles.grade_name
from step.testimony as testimony
join step.profiles as profiles
    on profiles.own = testimony.own
    and profiles.issuer_own = testimony.issuer_own
    and profiles.kind = testimony.kind
    and profiles.stance = testimony.stance
    and profiles.basis = testimony.basis
    and profiles.tense = testimony.tense
    and profiles.method_stated = testimony.method_stated
    and profiles.origin_kind = testimony.origin_kind
    and profiles.second_hand = testimony.second_hand;
