using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>All targets and how the fleet stands.</summary>
internal sealed record TargetList(
    DateTimeOffset Now, DateTimeOffset? LastTickAt, KillSwitch KillSwitch, IReadOnlyList<TargetView> Targets);
