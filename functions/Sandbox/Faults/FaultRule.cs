using System.Text.Json.Serialization;

namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Which requests meet a fault, and when. What is left out matches everything.</summary>
public sealed record FaultRule
{
    [JsonRequired]
    public required FaultEffect Effect { get; init; }

    /// <summary>HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>Regular expression searched in host, path and query, without regard to case.</summary>
    public string? Target { get; init; }

    /// <summary>First simulated instant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>First simulated instant at which it no longer holds.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Matching requests that are let through first.</summary>
    public int Skip { get; init; }

    /// <summary>Requests that meet it after that; all when absent.</summary>
    public int? Times { get; init; }
}
