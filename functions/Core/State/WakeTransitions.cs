using System.Globalization;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.State;

/// <summary>Brings a target back from off-hours because a person wants it now.</summary>
public static class WakeTransitions
{
    /// <summary>
    /// It comes back as it was, and stays on until its hours begin; from then on they keep it on until the next time it is put off. That is a
    /// <see cref="Snooze"/> that begins now and ends where the hours begin, at most as long as the policy allows one.
    /// </summary>
    /// <param name="row">The target.</param>
    /// <param name="span">How long instead; absent: until its hours begin.</param>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    /// <param name="killSwitch">What holds every write.</param>
    public static WakeAnswer Wake(this TargetRow row, TimeSpan? span, string by, string reason, DateTimeOffset now, KillSwitch killSwitch)
    {
        var name = row.Target.Name;
        if (row.Off is not { } memory || !OffHours.IsDown(memory))
        {
            return new WakeAnswer.Refused(row.Budget is { RestoresSince: null } stand
                ? $"off-hours do not keep {name} off, the step {stand.Step} of the budget {stand.Budget} does: 'sf budgets undo {stand.Budget} {stand.Step}' ends it"
                : $"off-hours do not keep {name} off, so there is nothing to bring back; 'sf snooze {name} --for 2h' keeps on what is on");
        }

        if (span is null && memory.ReadyAt is null)
        {
            return new WakeAnswer.Refused($"nothing says when {name} would be on by itself: say for how long, from 1 minute to {Snooze.Longest.TotalDays:0} days");
        }

        var until = span is { } length ? now + length : memory.ReadyAt!.Value;
        if (until <= now)
        {
            return new WakeAnswer.Refused($"{name} is on its way back already, to be ready by {ClockText.Of(until)}; say for how long it shall stay on beyond that");
        }

        var longest = row.Standing?.LongestSnooze is { } allowed && allowed < Snooze.Longest ? allowed : Snooze.Longest;
        var given = new Snooze(by, reason, now, until).AtMost(longest);
        var woken = (row with { Snooze = given }).Tell(
            now, JournalKind.Snooze, by, string.Create(CultureInfo.InvariantCulture, $"brought back from off-hours, and kept on until {given.Until:u}, by {by}: {reason}"),
            new HandleFacts(true, reason, given.Until), FactsJson.Default.HandleFacts);
        return new WakeAnswer.Woken(woken, given, string.Join("; ", Notes(row, memory, until, given, longest, now, killSwitch)));
    }

    private static IEnumerable<string> Notes(TargetRow row, OffMemory memory, DateTimeOffset until, Snooze given, TimeSpan longest, DateTimeOffset now, KillSwitch killSwitch)
    {
        if (given.Until < until)
        {
            yield return $"{DurationText.Of(longest)} are the most its policy allows"
                + (memory.ReadyAt > given.Until ? $"; it is off again from {ClockText.Of(given.Until)} and back by {ClockText.Of(memory.ReadyAt.Value)}" : "");
        }

        if (row.Budget is { RestoresSince: null } stand)
        {
            yield return $"the step {stand.Step} of the budget {stand.Budget} holds it as well: it comes back once that is over";
        }

        if (killSwitch.IsSet)
        {
            yield return $"the kill switch is set by {killSwitch.By}: nothing is started before it is cleared";
        }
        else if (row.Pause is { } pause && pause.IsActive(now))
        {
            yield return $"it is paused by {pause.By}: it is not started before that ends";
        }
        else if (row.Standing?.Mode == PolicyMode.Observe)
        {
            yield return "it is only observed: nothing starts it";
        }
    }
}
