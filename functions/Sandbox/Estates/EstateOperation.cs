using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A long-running operation on a simulated resource.</summary>
internal sealed class EstateOperation(Guid id, TargetId target, string region, DateTimeOffset startedAt)
{
    public Guid Id { get; } = id;

    public TargetId Target { get; } = target;

    public string Region { get; } = region;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>When it ends; absent when it never does, or when that is not known yet.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    public OperationFailure? Failure { get; private set; }

    /// <summary>Whether it is about the size of instances and not about their number.</summary>
    public bool IsResize { get; init; }

    public bool HasEnded(DateTimeOffset now) => EndsAt is { } end && end <= now;

    /// <summary>Sets when and how it ends. There is one end.</summary>
    public EstateOperation End(DateTimeOffset at, OperationFailure? failure)
    {
        (EndsAt, Failure) = (at, failure);
        return this;
    }
}
