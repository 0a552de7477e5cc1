using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A long-running operation on a simulated resource.</summary>
internal sealed record EstateOperation(Guid Id, TargetId Target, string Region, DateTimeOffset StartedAt)
{
    /// <summary>When it ends; absent when it never does.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public OperationFailure? Failure { get; init; }

    public bool HasEnded(DateTimeOffset now) => EndsAt is { } end && end <= now;
}
