using System.Text.Json.Serialization;

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
}
