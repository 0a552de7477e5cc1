using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>That instances were taken away on purpose, by a budget or in off-hours, and what comes back.</summary>
/// <param name="By">Who took them: <c>budget</c> or <c>off-hours</c>.</param>
/// <param name="What">In words, such as <c>the step stop of the budget estate</c>.</param>
/// <param name="IsComingBack">Whether they are being brought back.</param>
/// <param name="Since">When it began.</param>
/// <param name="ReadyAt">When they must be back; absent when nothing says so.</param>
/// <param name="Instances">Instances there were; they come back.</param>
/// <param name="Size">The size they had; absent where it stays.</param>
internal sealed record RestView(string By, string What, bool IsComingBack, DateTimeOffset Since, DateTimeOffset? ReadyAt, int Instances, string? Size)
{
    /// <summary>Nothing while nothing is missing of what there was. What off-hours keep down is theirs, whatever a budget holds beside it.</summary>
    public static RestView? Of(TargetRow row)
    {
        var off = row.Off is { IsReleased: false, IsMissed: false, DownAt: not null } memory && OffHours.IsDown(memory) && row.LastKnownCapacity < memory.Instances ? memory : null;
        var held = row.Budget is { GivenUpAt: null } stand && row.LastKnownCapacity < stand.Instances ? stand : null;
        return (off, held) switch
        {
            ({ ReturningSince: null }, _) or ({ }, null) => new RestView(
                "off-hours", off!.IsIdle ? "idle, and put off" : "off-hours", off.ReturningSince is not null, off.DownAt!.Value, off.ReadyAt, off.Instances, off.Size),
            (_, { }) => new RestView("budget", $"the step {held.Step} of the budget {held.Budget}", held.RestoresSince is not null, held.Since, null, held.Instances, held.OwnSize),
            _ => null,
        };
    }
}
