-- Who is to get what, by which way.
select stakeholder_id, name, body_id, role, channel, address, items, what, occasion, language, active
from clean.stakeholders
order by stakeholder_id;
