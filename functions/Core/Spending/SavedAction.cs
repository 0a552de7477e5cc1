using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Spending;

/// <summary>What a lowering of ours has saved in a period.</summary>
/// <param name="Resource">Id in lower case.</param>
/// <param name="Epoch">Number of the action among those of its target.</param>
/// <param name="From">When it began to save, in the period.</param>
/// <param name="Until">When it ceased to, or up to when it is told.</param>
/// <param name="Change">Such as <c>10 → 6 × Standard_D4s_v5</c>.</param>
/// <param name="Amount">In the currency of the statement; absent without a price.</param>
/// <param name="Confidence">What it rests on.</param>
/// <param name="Note">What takes of it, or why it ended, for people.</param>
public sealed record SavedAction(
    string Resource, long Epoch, DateTimeOffset From, DateTimeOffset Until, string Change,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] decimal? Amount, SavingConfidence Confidence, string Note);
