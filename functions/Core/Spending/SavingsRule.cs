using System.Globalization;
using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Spending;

/// <summary>
/// Tells what our lowerings have saved: what would have run on without them, as long as that can be said.
/// </summary>
/// <remarks>
/// | Without us | so that the saving |
/// | --- | --- |
/// | the instances we took would have run on | begins when Azure had done it |
/// | until we, seeing more load, would have needed them | ends for as many as we add again, the last taken first |
/// | until somebody else set the count | ends: theirs would be the count either way |
/// | for a week at most, a size for a month | ends: by then somebody would have looked |
///
/// What a reservation pays for is paid with and without us, and saves nothing. Prices are those of the day the lowering was made on;
/// what bills said of the resource corrects them, unless a reservation is of its size: bills are smaller by it already.
/// </remarks>
public static class SavingsRule
{
    public static readonly TimeSpan CountLasts = TimeSpan.FromDays(7);

    public static readonly TimeSpan SizeLasts = TimeSpan.FromDays(30);

    /// <summary>What was saved on a resource in a period, oldest first.</summary>
    public static IReadOnlyList<SavedAction> Of(SavingFacts facts)
    {
        var saved = new List<SavedAction>();
        foreach (var slice in Slices(facts))
        {
            var (from, until) = (Later(slice.From, SpendDay.StartOf(facts.Period.Start)), Earlier(slice.Until, Earlier(SpendDay.StartOf(facts.Period.End), facts.Now)));
            if (from < until && !IsLarger(facts, slice))
            {
                saved.Add(Told(facts, slice, from, until));
            }
        }

        return saved;
    }

    /// <summary>A larger size is no lowering: it only ended one.</summary>
    private static bool IsLarger(SavingFacts facts, Slice slice) => slice.IsOfSize
        && facts.PriceOf(SpendDay.DayOf(slice.From), slice.FromSku) <= facts.PriceOf(SpendDay.DayOf(slice.From), slice.ToSku);

    private static List<Slice> Slices(SavingFacts facts)
    {
        var (done, open) = (new List<Slice>(), new List<Slice>());
        foreach (var move in facts.Moves.Where(move => move.At <= facts.Now).OrderBy(move => move.At))
        {
            if (move.Epoch is not { } epoch)
            {
                End(open, done, int.MaxValue, move.At, "somebody else set the count", isOfSize: null);
            }
            else if (move.FromSku != move.ToSku)
            {
                End(open, done, int.MaxValue, move.At, "another size was taken", isOfSize: true);
                open.Add(new Slice(epoch, move.At, move.At + SizeLasts, 1, move.To, move.From, move.FromSku, move.ToSku, ""));
            }
            else if (move.To > move.From)
            {
                End(open, done, move.To - move.From, move.At, "they were needed again", isOfSize: false);
            }
            else if (move.To < move.From)
            {
                open.Add(new Slice(epoch, move.At, move.At + CountLasts, move.From - move.To, move.To, move.From, move.FromSku, move.ToSku, ""));
            }
        }

        done.AddRange(open);
        return [.. done.OrderBy(slice => slice.From).ThenBy(slice => slice.Until)];
    }

    /// <summary>Ends so many instances, the last taken first; of a slice that is not needed whole the rest goes on.</summary>
    private static void End(List<Slice> open, List<Slice> done, int instances, DateTimeOffset at, string why, bool? isOfSize)
    {
        for (var index = open.Count - 1; index >= 0 && instances > 0; index--)
        {
            var slice = open[index];
            if (isOfSize is { } size && slice.IsOfSize != size)
            {
                continue;
            }

            var ended = Math.Min(instances, slice.Instances);
            done.Add(slice with { Instances = ended, Until = Earlier(slice.Until, at), Why = slice.Until < at ? "" : why });
            instances -= ended;
            if (ended == slice.Instances)
            {
                open.RemoveAt(index);
            }
            else
            {
                open[index] = slice with { Instances = slice.Instances - ended };
            }
        }
    }

    private static SavedAction Told(SavingFacts facts, Slice slice, DateTimeOffset from, DateTimeOffset until)
    {
        var change = slice.IsOfSize ? $"{slice.To} × {slice.FromSku} → {slice.ToSku}" : $"{slice.Before} → {slice.To} × {slice.ToSku}";
        var day = SpendDay.DayOf(slice.From);
        var (before, after) = (facts.PriceOf(day, slice.FromSku), facts.PriceOf(day, slice.ToSku));
        if (before is null || after is null)
        {
            return new SavedAction(facts.Resource, slice.Epoch, from, until, change, null, SavingConfidence.NotPriced, $"the price of {(before is null ? slice.FromSku : slice.ToSku)} was not known");
        }

        var committed = facts.Committed(slice.FromSku);

        // Of the instances there were, the reservation pays those at the bottom.
        var paid = slice.IsOfSize ? Math.Max(0, slice.To - committed) : Math.Min(slice.Instances, Math.Max(0, slice.Before - Math.Max(slice.To, committed)));
        var perHour = paid * (slice.IsOfSize ? before.Value - after.Value : before.Value);
        var corrected = facts.Correction.ByResource.TryGetValue(facts.Resource, out var ratio) && committed == 0 && facts.Committed(slice.ToSku) == 0;
        var isBilled = facts.BilledThrough is { } through && SpendDay.StartOf(through.AddDays(1)) >= until;
        var amount = perHour * (decimal)(until - from).TotalHours * (corrected ? ratio : 1);
        string[] notes =
        [
            .. paid < (slice.IsOfSize ? slice.To : slice.Instances) ? [$"{committed} are paid in advance"] : Array.Empty<string>(),
            .. facts.AreCommitmentsKnown ? [] : new[] { "reservations could not be read" },
            .. corrected && ratio != 1 ? [string.Create(CultureInfo.InvariantCulture, $"billed at {ratio * 100:0.#} % of the price")] : Array.Empty<string>(),
            .. slice.Why.Length > 0 ? [slice.Why] : Array.Empty<string>(),
        ];
        return new SavedAction(
            facts.Resource, slice.Epoch, from, until, change, decimal.Round(amount, 4),
            corrected && isBilled && facts.AreCommitmentsKnown ? SavingConfidence.Reconciled : SavingConfidence.Estimated, string.Join("; ", notes));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private sealed record Slice(long Epoch, DateTimeOffset From, DateTimeOffset Until, int Instances, int To, int Before, string FromSku, string ToSku, string Why)
    {
        public bool IsOfSize => FromSku != ToSku;
    }
}
