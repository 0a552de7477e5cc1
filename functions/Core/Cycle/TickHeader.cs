using System.Text.Json.Serialization;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.Core.Cycle;

/// <summary>The tick that is running, or ran last.</summary>
/// <param name="TickId">Its name.</param>
/// <param name="At">When it began.</param>
/// <param name="Batches">How many batches it sent.</param>
public sealed record TickHeader(string TickId, DateTimeOffset At, int Batches)
{
    /// <summary>What a person has to be told at once; never stored.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Alerts { get; init; } = [];

    /// <summary>What stands and owners have to know, each with the channels it is told by; never stored here.</summary>
    [JsonIgnore]
    public IReadOnlyList<HeldAlert> Standing { get; init; } = [];
}
