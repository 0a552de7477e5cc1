using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.State;

/// <summary>
/// How the fleet's row learns of writes that Azure forbids on many targets at once: one that is missing a role is told once for all of
/// them, and once when the last is taken again. Each target still backs off by itself.
/// </summary>
public static class DenialTransitions
{
    /// <summary>The row is read before every write, so it must stay small. Kinds beyond it wait until there is room, and are not told before.</summary>
    private const int Kept = 20;

    private const int Named = 3;

    private const int LongestMessage = 300;

    /// <summary>What nobody has wanted to write for a day after the next try was due is not asked for any more.</summary>
    private static readonly TimeSpan Wanted = TimeSpan.FromHours(24);

    /// <summary>What is forbidden now, by the rows of targets.</summary>
    public static IReadOnlyList<WriteDenial> Of(IEnumerable<TargetRow> rows, DateTimeOffset now) => [.. rows
        .Where(row => row.Refusal is { IsForbidden: true } refusal && (row.Quarantine is not null || now < refusal.Until + Wanted))
        .GroupBy(row => (row.Target.Subscription.ToLowerInvariant(), row.Refusal!.ResourceType.ToLowerInvariant(), row.Refusal.Code.ToLowerInvariant()))
        .Select(group =>
        {
            List<TargetRow> refused = [.. group.OrderBy(row => row.Refusal!.Since).ThenBy(row => row.Target.Key, StringComparer.Ordinal)];
            var (first, more) = (refused[0].Refusal!, refused.Count - Named);
            return new WriteDenial
            {
                Subscription = refused[0].Target.Subscription,
                ResourceType = first.ResourceType,
                Code = first.Code,
                Message = first.Message.Length <= LongestMessage ? first.Message : $"{first.Message[..LongestMessage]}…",
                Targets = refused.Count,
                Examples = $"{string.Join(", ", refused.Take(Named).Select(row => row.Target.Name))}{(more > 0 ? $" and {more} more" : "")}",
                Since = now,
            };
        })
        .OrderBy(denial => denial.Subscription, StringComparer.OrdinalIgnoreCase).ThenBy(denial => denial.ResourceType, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Notes what is forbidden now.</summary>
    /// <param name="row">The fleet's row.</param>
    /// <param name="seen">What is forbidden.</param>
    /// <param name="isWhole">Whether all targets were looked at, so that what is missing among them is over.</param>
    /// <param name="now">The time.</param>
    /// <param name="actor">The worker's name.</param>
    public static FleetRow SeeDenials(this FleetRow row, IReadOnlyList<WriteDenial> seen, bool isWhole, DateTimeOffset now, string actor)
    {
        var next = row;
        foreach (var over in row.Denials.Where(known => isWhole && !seen.Any(known.IsSame)))
        {
            next = (next with { Denials = [.. next.Denials.Where(each => each != over)] }).Tell(
                now, JournalKind.Refusal, actor, $"Azure forbids our writes of {over.ResourceType} in {over.Subscription} ({over.Code}) on no target any more, since {over.Since:u} on up to {over.Targets}",
                Facts(over, isOver: true), FactsJson.Default.DenialFacts);
        }

        List<WriteDenial> unknown = [.. seen.Where(denial => !next.Denials.Any(denial.IsSame))];
        foreach (var denial in seen)
        {
            var known = next.Denials.FirstOrDefault(denial.IsSame);
            if (known is null)
            {
                if (next.Denials.Count >= Kept)
                {
                    // Pushing another out would have both told anew at each look.
                    continue;
                }

                unknown.Remove(denial);
                next = (next with { Denials = [.. next.Denials, denial] }).Tell(
                    now, JournalKind.Refusal, actor, next.Denials.Count + 1 == Kept ? $"{denial.Text}{More(unknown.Count)}" : denial.Text,
                    Facts(denial, isOver: false), FactsJson.Default.DenialFacts);
            }
            else if (denial.Targets > known.Targets)
            {
                next = next with { Denials = [.. next.Denials.Select(each => each == known ? each with { Targets = denial.Targets, Examples = denial.Examples } : each)] };
            }
        }

        return next;
    }

    private static string More(int kinds) =>
        kinds == 0 ? "" : $". {kinds} more kinds of refusals are not listed here until one of these is over; the journals of their targets tell them";

    private static DenialFacts Facts(WriteDenial denial, bool isOver) =>
        new(denial.Subscription, denial.ResourceType, denial.Code, denial.Targets, isOver);
}
