using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions;

/// <summary>
/// Suspects that something outside, such as a Terraform pipeline, owns a capacity: again and again it goes back to one number
/// after our changes. Whoever writes it anyway wakes people twice a day, and never wins.
/// </summary>
public static class ResetSuspicion
{
    /// <summary>Once is a person, twice may be chance.</summary>
    public const int Times = 3;

    /// <summary>How long it is remembered, so that what was mended is tried again; a pipeline runs more often than that.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    /// <summary>The suspected owner; nothing when the last resets do not agree or are too long ago.</summary>
    public static CapacityOwner? Of(IReadOnlyList<PastReset> resets, DateTimeOffset now)
    {
        var last = resets.Where(reset => now - reset.At < Memory).TakeLast(Times).ToList();
        return last.Count < Times || last.Exists(reset => reset.To != last[0].To) ? null : new CapacityOwner(
            OwnerKind.Resetter,
            "something outside, perhaps a Terraform pipeline,",
            $"it went back to {last[0].To} after each of our last {Times} changes, at {last[^1].At:yyyy-MM-dd HH:mm} again; take the capacity out of "
            + "what is applied there (ignore_changes in Terraform), then resume the target");
    }
}
