-- The columns of the release of March 2026 in their order, and Detainer Lift Date, which an earlier release has.
-- Parameters: first and last record, day of the event, factor on the share without conviction from that day on.
with drawn as (
    select
        *,
        share(record, 'conviction') >= 0.47 * if(day >= $event, $factor, 1.0) as convicted,
        share(record, 'pending') < 0.6 as pending,
        exp(3.4 + 1.5 * normal(record, 'hours')) as hours,
        share(record, 'arrest') < 0.55 as arrested,
        share(record, 'departure') < 0.4 as departed,
        day - (30 + draw(record, 'charged') % 3000)::integer as charged_on,
        place.state as state,
        reason.reason as lift_reason
    from records
    join places as place on place.slot = slot(record, 'place')
    join lift_reasons as reason on reason.slot = slot(record, 'reason')
    join charges as charge on charge.slot = slot(record, 'charge')
    join countries as country on country.slot = slot(record, 'country')
    join methods as method on method.slot = slot(record, 'method')
    join programs as program on program.slot = slot(record, 'program')
    where record between $first and $last
)
select
    day as "Detainer Prepare Date",
    state as "Facility State",
    if(share(record, 'aor') < 0.02, null, area) as "Facility AOR",
    null::varchar as "Port of Departure",
    if(departed, country, null) as "Departure Country",
    if(departed, day + (5 + draw(record, 'departed') % 120)::integer, null) as "Departed Date",
    if(departed, '8-Excluded/Removed - Inadmissibility', 'ACTIVE') as "Case Status",
    case
        when convicted then '1 Convicted Criminal'
        when pending then '2 Pending Criminal Charges'
        else '3 Other Immigration Violator'
    end as "Detainer Criminality",
    'SYNTHETIC JAIL ' || lpad((draw(record, 'jail') % 90)::varchar, 2, '0') || ', ' || state as "Detainer Facility",
    'SYN' || lpad((draw(record, 'jail') % 90)::varchar, 2, '0') || left(state, 2) as "Detainer Facility Code",
    if(share(record, 'city') < 0.003, '(b)(6), (b)(7)(C)', 'SYNTHETIC CITY') as "Facility City",
    if(convicted and share(record, 'level') >= 0.03, level, null) as "Detainer Threat Level",
    case when share(record, 'gender') < 0.92 then 'Male' when share(record, 'gender') < 0.998 then 'Female' else 'Unknown' end
        as "Gender",
    country as "Citizenship Country",
    country as "Birth Country",
    'b(6), b(7)c' as "Birth Date",
    year(day) - 18 - (abs(normal(record, 'age')) * 14)::integer as "Birth Year",
    if(share(record, 'entry') < 0.24, null, 'EWI') as "Entry Status",
    if(convicted, if(share(record, 'charge mark') < 0.004, 'b(7)(e)', charge), null) as "MSC Charge",
    if(convicted and share(record, 'sentence') < 0.3, (draw(record, 'days') % 360)::bigint, null) as "MSC Sentence Days",
    if(convicted and share(record, 'sentence') >= 0.9, (draw(record, 'months') % 36)::bigint, null) as "MSC Sentence Months",
    if(convicted and share(record, 'sentence') >= 0.95, (draw(record, 'years') % 20)::bigint, null) as "MSC Sentence Years",
    if(convicted, code, null) as "MSC Charge Code",
    if(convicted, text_day(record, charged_on, 'charge day'), null) as "MSC Charge Date",
    if(convicted, text_day(record, charged_on + 20, 'conviction day'), null) as "MSC Conviction Date",
    'Not an Aggravated Felon' as "Aggravated Felon Yes No",
    'Detainer' as "Processing Disposition",
    if(departed, '[16] Reinstated Final Order', null) as "Case Category",
    if(arrested, '[8C] Excludable / Inadmissible - Administrative Final Order Issued', null) as "TOA Case Category",
    if(arrested, program, null) as "TOA Current Program",
    if(arrested, method, null) as "Apprehension Method",
    if(departed, 'YES', 'NO') as "Final Order Yes No",
    if(departed, day + (draw(record, 'order') % 90)::integer, null) as "Final Order Date",
    if(arrested, day + to_minutes((draw(record, 'arrested') % 5000)::bigint), null) as "Apprehension Date",
    if(share(record, 'entry') < 0.15, day - (draw(record, 'entered') % 6000)::integer, null) as "Entry Date",
    yes_no(record, 'prior felony', 0.1) as "Prior Felony Yes No",
    yes_no(record, 'misdemeanors', 0.2) as "Multiple Prior MISD Yes No",
    yes_no(record, 'violent', 0.1) as "Violent Misdemeanor Yes No",
    null::varchar as "Illegal Entry Yes No",
    yes_no(record, 'reentry', 0.2) as "Illegal Reentry Yes No",
    null::varchar as "Immigration Fraud Yes No",
    'NO' as "Significant Risk Yes No",
    null::varchar as "Other Removal Reason Yes No",
    null::varchar as "Other Removal Reason",
    'NO' as "Criminal Street Gang Yes No",
    if(convicted and level = '1', 'YES', 'NO') as "Aggravated Felony Yes No",
    yes_no(record, 'ordered', 0.2) as "Deportation Ordered Yes No",
    yes_no(record, 'cause', 0.15) as "Order to Show Cause Served Yes No",
    null::date as "Order to Show Cause Served Date",
    if(share(record, 'no match') < 0.2, null, yes_no(record, 'match', 0.75)) as "Biometric Match Yes No",
    yes_no(record, 'statements', 0.3) as "Statements Made Yes No",
    null::varchar as "Unlawful Attempt Yes No",
    null::varchar as "Unlawful Entry Yes No",
    null::varchar as "Visa Yes No",
    null::varchar as "Federal Register Notice Yes No",
    'NO' as "Resume Custody Yes No",
    nullif(lift_reason, '') as "Detainer Lift Reason",
    if(lift_reason = '', null, reason_code) as "Detainer Lift Reason Code",
    if(lift_reason = '', null, day + (hours / 24)::integer) as "Detainer Lift Date",
    null::varchar as "Active Investigation Yes No",
    null::date as "Arrest Warrant Served Date",
    'I247 - Immigration Detainer - Notice of Action' as "Detainer Type",
    null::varchar as "Notify Release Request Yes No",
    'ERO - SYNTHETIC SITE' as "TOD Current Duty Site",
    'b(6), b(7)c' as "EID DTA ID",
    person(record, $persons) as "Anonymized Identifier"
from drawn
order by record
