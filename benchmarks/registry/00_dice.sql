-- A synthetic registry: every value follows from the seed and the number of the row. Nothing in it is real.
-- Parameters of all steps: $items, $records, $seed, $one_in (one bad row in so many), $unreadable, $flood.
create or replace macro dice(number, what) as cast(hash(number, what, $seed) % 1000000 as integer);
create or replace macro pick(words, number, what) as words[1 + dice(number, what) % len(words)];
create or replace macro letter(place) as substr('abcdefghijkl', place + 1, 1);

create or replace macro phrases() as [
    'the office says that the instruction is in force in all field units,',
    'eleven of forty files that were drawn had no entry for the day on which the notice was given;',
    'the manual was changed in its third chapter and sent to every regional office.',
    'Staff who were asked could not name the form', 'and did not know whom to ask.',
    'A sample of cases from two quarters was tested against the log,',
    'in which dates are missing for one case in nine.', 'The reply of the agency repeats its earlier words:',
    'work is under way and will be finished in the next fiscal year.',
    'No document that shows this was enclosed.', 'Two sites were visited;', 'at both the poster hung in the lobby,',
    'in one language only.', 'The figure counts notices, not people,',
    'so that one person with three notices is counted three times.',
    'An annex lists the units and the day on which each began.', 'The court found the record incomplete',
    'and ordered that it be mended within ninety days.', 'Complaints fell by a third against the year before,',
    'while the number of cases stayed the same.', 'The unit that was to watch over this was dissolved in spring;',
    'its tasks went to another one, whose head said that none of them had been started.',
    'Training was given once,', 'by video, and nobody recorded who had seen it.',
    'The draft was shown to those concerned and changed in five places after their comments.',
    'What was promised in the letter is in the text,', 'except for the deadline, which the text leaves open.',
    'Observers were let in on four days of seven.', 'The system refuses an entry without a reason since the release in May,',
    'which was seen at three desks.', 'The budget has a line for it;', 'none of it had been spent by the end of the year.',
    'Interviews with thirty people agree on this point and on little else.',
    'The two data sets differ by some four percent, for reasons that nobody could give.'
];
create or replace macro told(number, what, parts) as array_to_string(
    list_transform(range(parts), lambda part: phrases()[1 + cast(hash(number, what, part, $seed) % len(phrases()) as integer)]), ' ');
-- most texts are short, one in twenty is long, one in a hundred very long
create or replace macro parts(number, what) as case
    when dice(number, what) < 10000 then 25 + dice(number, what) % 30
    when dice(number, what) < 60000 then 10 + dice(number, what) % 15
    else 1 + dice(number, what) % 6 end;
-- what is known of a day: mostly the day, at times its month or its year only
create or replace macro known(day, number, what) as case
    when dice(number, what) % 100 < 4 then strftime(day, '%Y')
    when dice(number, what) % 100 < 14 then strftime(day, '%Y-%m')
    else strftime(day, '%Y-%m-%d') end;
