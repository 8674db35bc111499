-- E-mail addresses of several active stakeholders: each of these gets a mail of their own.
select min(address) as address, list(stakeholder_id order by stakeholder_id) as stakeholders
from clean.stakeholders
where channel = 'email' and active
group by lower(address)
having count(*) > 1
order by min(address);
