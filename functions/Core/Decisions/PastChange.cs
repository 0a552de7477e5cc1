using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Decisions;

/// <summary>A capacity change that was sent to Azure.</summary>
public readonly record struct PastChange(DateTimeOffset At, int From, int To)
{
    /// <summary>Whether it was a lowering that nothing had announced: neither a schedule nor a load that fell gradually.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUnexpected { get; init; }

    /// <summary>Whether a person had it made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsByHand { get; init; }
}
