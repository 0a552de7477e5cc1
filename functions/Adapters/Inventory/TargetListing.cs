using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>What was read of one type of resource in one subscription. Not thread-safe: one list fills one listing.</summary>
internal sealed record TargetListing(string Subscription)
{
    /// <summary>What Resource Graph shows of the type there; absent when it could not be read.</summary>
    public IReadOnlyList<TargetId>? Known { get; init; }

    public List<ObservedTarget> Targets { get; } = [];

    public List<ObservedTarget> LeftAlone { get; } = [];

    public List<string> Problems { get; } = [];

    public List<UnreadPart> Unread { get; } = [];

    /// <summary>A resource that is not plausible is left out, and the inventory is not complete without it.</summary>
    public void LeaveOut(string resource, string problem) => Problems.Add(AzureFaults.OneLine($"{resource} was left out: {problem}"));

    /// <summary>What is only observed could not be listed: it is told, and puts nothing in doubt.</summary>
    public void Miss(string resourceType, string problem) => Unread.Add(new UnreadPart(Subscription, resourceType, problem));

    public void Fail(string problem) => Problems.Add($"subscription {Subscription}: {problem}");
}
