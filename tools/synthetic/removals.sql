-- The 29 columns of the release for FY2012 to FY2023 in their order.
-- Parameters: first and last record, day of the event, factor on the share without conviction from that day on.
with drawn as (
    select
        *,
        share(record, 'conviction') >= 0.44 * if(day >= $event, $factor, 1.0) as convicted,
        day - (30 + draw(record, 'charged') % 3000)::integer as charged_on
    from records
    join charges as charge on charge.slot = slot(record, 'charge')
    join countries as country on country.slot = slot(record, 'country')
    join programs as program on program.slot = slot(record, 'program')
    join dispositions as disposition on disposition.slot = slot(record, 'disposition')
    where record between $first and $last
)
select
    day as "Departure Date",
    'SYNTHETIC PORT, POE' as "Port of Departure",
    country as "Departure Country",
    '8-Excluded/Removed - Inadmissibility' as "Case Status",
    '[16] Reinstated Final Order' as "Case Category",
    yes_no(record, 'order', 0.94) as "Final Order Yes No",
    if(share(record, 'order') < 0.94, day - (draw(record, 'ordered') % 60)::integer, null) as "Final Order Date",
    '(b)(6),(b)(7)(c)' as "Case ID",
    case when share(record, 'gender') < 0.9 then 'Male' when share(record, 'gender') < 0.998 then 'Female' else 'Unknown' end
        as "Gender",
    country as "Birth Country",
    country as "Citizenship Country",
    null::varchar as "Birth Date",
    year(day) - 18 - (abs(normal(record, 'age')) * 14)::integer as "Birth Year",
    '(b)(6)(b)(7)(c)' as "Alien File Number",
    'EWI' as "Entry Status",
    if(share(record, 'entry') < 0.26, null, day - (draw(record, 'entered') % 6000)::integer) as "Entry Date",
    if(convicted, if(share(record, 'charge mark') < 0.004, 'b(7)(e)', charge), null) as "MSC Charge",
    if(convicted, text_day(record, charged_on, 'charge day'), null) as "MSC Charge Date",
    if(convicted, code, null) as "MSC Charge Code",
    if(convicted, text_day(record, charged_on + 20, 'conviction day'), null) as "MSC Conviction Date",
    if(convicted, if(share(record, 'status') < 0.97, 'Convicted', 'Pending'), null) as "MSC Criminal Charge Status",
    if(convicted, level, null) as "Case Threat Level",
    disposition_code as "Processing Disposition Code",
    disposition as "Processing Disposition",
    if(share(record, 'no program') < 0.01, null, program) as "Current Program",
    if(
        share(record, 'arrest') < 0.014, null, day - to_minutes((600 + draw(record, 'arrested') % 50000)::bigint)
    ) as "Apprehension Date",
    '212a7AiI' as "Charge Section Code",
    'I7A1' as "Charge Code",
    person(record, $persons) as "Anonymized Identifer"
from drawn
order by record
