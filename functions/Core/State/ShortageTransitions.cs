using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.State;

/// <summary>How the fleet's row learns that a size runs short in a region, and that there is room again: each told once.</summary>
public static class ShortageTransitions
{
    /// <summary>The row is read before every write, so it must stay small.</summary>
    private const int Kept = 50;

    private const int LongestMessage = 300;

    /// <summary>Azure refused more of a size. Refusals that were under way when the first one came are the same fact.</summary>
    /// <param name="row">The fleet's row.</param>
    /// <param name="seen">The refusal, as the first of its place.</param>
    /// <param name="actor">The worker's name.</param>
    public static FleetRow RunShort(this FleetRow row, SizeShortage seen, string actor)
    {
        var now = seen.At;
        var others = row.Shortages.Where(each => !each.IsSamePlace(seen) && !each.IsOver(now));
        var known = row.Shortages.FirstOrDefault(each => each.IsSamePlace(seen) && !each.IsOver(now));
        if (known is not null)
        {
            return now < known.Until ? row : row with { Shortages = [.. others, known with { Times = known.Times + 1, At = now, Code = seen.Code, IsQuota = seen.IsQuota }] };
        }

        var first = seen with { Message = seen.Message.Length <= LongestMessage ? seen.Message : $"{seen.Message[..LongestMessage]}…" };
        return (row with { Shortages = [.. others.TakeLast(Kept - 1), first] }).Tell(
            now, JournalKind.Refusal, actor, first.Text, new RefusalFacts(first.Code, first.Times, first.Until), FactsJson.Default.RefusalFacts);
    }

    /// <summary>Azure gave more of a size. A raise that was sent before the refusal tells nothing of the time after it.</summary>
    /// <param name="row">The fleet's row.</param>
    /// <param name="given">The place it was given at, as a shortage of it would be; its time is when it was asked for.</param>
    /// <param name="now">The time.</param>
    /// <param name="actor">The worker's name.</param>
    public static FleetRow HasRoom(this FleetRow row, SizeShortage given, DateTimeOffset now, string actor) =>
        row.Shortages.FirstOrDefault(each => Ends(each, given)) is not { } over ? row
        : (row with { Shortages = [.. row.Shortages.Where(each => each != over)] }).Tell(
            now, JournalKind.Refusal, actor, $"Azure gives {over.Sku} in {over.Region} of {over.Subscription} again, after {ReasonText.Times(over.Times)} since {over.Since:u}",
            new RefusalFacts(over.Code, over.Times, Until: null), FactsJson.Default.RefusalFacts);

    /// <summary>Whether what was given ends a shortage: of the place, or of the very resource that was given it.</summary>
    public static bool Ends(SizeShortage shortage, SizeShortage given) =>
        given.At > shortage.At && shortage.Pool == given.Pool && shortage.IsAt(given.Subscription, given.Region, given.Sku) && (shortage.Only is null || shortage.Only == given.Only);
}
