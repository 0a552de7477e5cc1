using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Requests;

/// <summary>A mutating request, or a foreign change, and what it did.</summary>
public sealed record WriteRecord
{
    /// <summary>Order in the log, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>Simulated time.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Method { get; init; }

    /// <summary>Path of the resource, without the query.</summary>
    public required string Path { get; init; }

    public string? IfMatch { get; init; }

    public string Body { get; init; } = "";

    public string? ClientRequestId { get; init; }

    /// <summary>Status the request came to, whether or not the client was told; absent for foreign changes and for writes dropped before they landed.</summary>
    public int? Status { get; init; }

    /// <summary>Whether the resource changed.</summary>
    public bool IsEffective { get; init; }

    public int? CapacityBefore { get; init; }

    public int? CapacityAfter { get; init; }

    /// <summary>Size its instances were to have before; absent where there is no resource.</summary>
    public string? SizeBefore { get; init; }

    public string? SizeAfter { get; init; }

    /// <summary>Whether another operation was running on the resource.</summary>
    public bool WasOperationRunning { get; init; }

    /// <summary>Whether it was made by somebody else, as <c>Estate.SetCapacity</c> does, and not by a request.</summary>
    public bool IsForeign { get; init; }

    /// <summary>A change that was nobody's request.</summary>
    internal static WriteRecord Foreign(long sequence, DateTimeOffset at, string method, TargetId target) => new()
    {
        Sequence = sequence,
        At = at,
        Method = method,
        Path = target.Value,
        IsForeign = true,
    };
}
